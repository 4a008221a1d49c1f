import Foundation
import Import
import Postgres
import Store
import TestSupport
import Testing

@testable import UseCases

/// What only the database can tell of a file, by the line of the row and in words.
struct SetupFaultTests {
    private static let tables = [
        "tenant", "number_series", "app_user", "customer", "form_template", "form_setup",
        "send_plan", "send_plan_step", "vat_rate", "exchange_rate", "price_index_value",
        "recurring_invoice", "recurring_invoice_line", "recurring_invoice_attachment",
        "price_index_clause", "price_notice",
    ]

    @Test func `every constraint that a row can break has a line of its own`() throws {
        let connection = try TestDatabase().connect()
        let names = try connection.rows(
            """
            SELECT conname::text AS name FROM pg_constraint
            WHERE conrelid = ANY (SELECT to_regclass(t) FROM unnest(\(Self.tables)) AS u (t))
                AND contype IN ('c', 'f', 'p', 'u', 'x')
            """
        ) { try $0["name"] as String }
        #expect(names.count > 60)
        #expect(names.filter { !SetupTable.knows(constraint: $0) }.sorted() == [])
        for name in names {
            let fault = SetupTable.customers.fault(
                constraint: name, message: "x", file: "f.csv", line: 3)
            #expect(!fault.description.contains("database"), "\(fault)")
        }
    }

    @Test func `a row that the database refuses is found by its line`() throws {
        let bench = try ImportBench()
        _ = try bench.importCompany(before: .customers)
        let refusal = #expect(throws: SetupRefusal.self) {
            try bench.connection.transaction {
                let stage = try SetupStage.fill(SetupTable.customers.target, bench.connection) {
                    for line in 2...1_000 {
                        let days = [701, 930].contains(line) ? "400" : "14"
                        try $0(
                            (line, 1, ["number": "\(line)", "name": "A", "due_days": days]))
                    }
                }
                try SetupWriter(stage).rows()
            }
        }
        #expect(refusal?.line == 701)
        #expect(refusal?.error.constraint == "customer_due_days")
    }

    @Test(
        arguments: [
            ("tenant.csv", "name,time_zone\nA,Europe/Osl\n", "time_zone", "Europe/Oslo"),
            ("tenant.csv", "name,time_zone\nA,CEST2\n", "time_zone", "PostgreSQL"),
            ("tenant.csv", "name,kid_customer_digits\nA,20\n", "kid_invoice_digits", "KID"),
            (
                "tenant.csv",
                "name,kid_algorithm,kid_customer_digits,kid_invoice_digits\n"
                    + "A,none,20,20\n", "kid_invoice_digits", "KID"
            ),
            ("customers.csv", "number,name\n1,A\n2,B\n1,C\n", "number", "line 2"),
            ("form_setup.csv", "document_type,form_template\ninvoice,x\n", "form_template", "form"),
            (
                "recurring_invoices.csv",
                "number,customer,created_by,anchor_date,interval_unit,end_date\n"
                    + "A1,1,kari,2026-01-01,month,2025-12-31\n", "end_date", "first period"
            ),
            (
                "recurring_invoice_lines.csv",
                "recurring_invoice,line_number,description,quantity,unit_price,vat_code\n"
                    + "A1,1,x,1,1234567890123,3\n", "unit_price", "column"
            ),
            (
                "price_index_clauses.csv",
                "recurring_invoice,index,base_month,base_value,adjust_month,cap_percent\n"
                    + "A1,KPI,2024-10,135,1,1000\n", "cap_percent", "999"
            ),
        ])
    func `what the database would refuse is told by line and column before`(
        file: String, text: String, column: String, words: String
    ) throws {
        let bench = try ImportBench()
        _ = try bench.importCompany()
        let faults = try bench.take(text, file)
        #expect(faults.map(\.column) == [column], "\(faults)")
        #expect(faults.first?.description.contains(words) == true, "\(faults)")
        #expect(faults.first.map { $0.line > 1 } == true)
        #expect(faults.first?.description.contains("database") == false, "\(faults)")
    }

    private static let agreement = "number,customer,created_by,anchor_date,interval_unit\n"

    @Test func `a slip in the anchor is mended while no period is made`() throws {
        let bench = try ImportBench()
        _ = try bench.importCompany(before: .recurringInvoices)
        let slip = "A1,1,kari,2036-01-01,month\n"
        #expect(try bench.take(Self.agreement + slip, "recurring_invoices.csv") == [])
        let right = "A1,1,kari,2026-01-01,quarter\n"
        #expect(try bench.take(Self.agreement + right, "recurring_invoices.csv") == [])
        let rows = try bench.connection.rows(
            "SELECT format('%s %s', interval_unit, next_date) AS line FROM recurring_invoice"
        ) { try $0["line"] as String }
        #expect(rows == ["quarter 2026-01-01"])
    }

    @Test func `the first number holds until a number is taken, and then it is said`() throws {
        let bench = try ImportBench()
        let take = { (number: Int) in
            try bench.take("name,first_invoice_number\nA,\(number)\n", "tenant.csv")
        }
        let series = {
            try bench.connection.first("SELECT next_number FROM number_series") {
                try $0["next_number"] as Int
            }
        }
        #expect(try bench.take("name\nA\n", "tenant.csv") == [])
        #expect(try take(5_000) == [])
        #expect(try series() == 5_000)
        #expect(try bench.take("name\nA\n", "tenant.csv") == [])
        #expect(try series() == 5_000)
        try bench.connection.execute("UPDATE number_series SET next_number = 5001")
        #expect(try take(5_000) == [])
        #expect(try take(9_000).map(\.column) == ["first_invoice_number"])
        #expect(try series() == 5_001)
    }

    @Test func `a file whose name is no table is told of, with the nearest name`() throws {
        let bench = try ImportBench()
        for name in [
            "customer.csv", "Customers.CSV", "customers.xlsx", "notes.csv", "readme.md",
            "tenant.csv", "a.XML",
        ] {
            try "x".write(
                to: bench.folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        let listing = try ImportListing([bench.folder.path()])
        #expect(
            listing.files.map { ($0 as NSString).lastPathComponent } == ["tenant.csv", "a.XML"])
        #expect(listing.faults.map(\.file) == ["Customers.CSV", "customer.csv", "customers.xlsx"])
        #expect(listing.faults.allSatisfy { $0.advice.contains("is customers.csv meant?") })
        #expect(listing.remarks.map(\.file) == ["notes.csv"])
    }
}
