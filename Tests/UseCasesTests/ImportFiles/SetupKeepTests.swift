import Foundation
import Import
import Postgres
import TestSupport
import Testing

@testable import UseCases

/// What a file does not say stays as it is; what it says is empty is cleared.
struct SetupKeepTests {
    private static let tables = ImportBench.company.map(\.table)

    @Test(arguments: tables)
    func `a column that is not there keeps what is there`(table: SetupTable) throws {
        let bench = try ImportBench()
        #expect(try bench.importCompany() == [])
        let before = try bench.contents(of: table)
        #expect(!before.isEmpty)
        let row = try #require(ImportBench.company.first { $0.table == table }?.row)
        let needed = SetupTableNames(table).required
        let csv = try bench.take(ImportBench.csv(row, needed), "\(table.rawValue).csv")
        #expect(csv.filter { $0.column != "kid_algorithm" } == [])
        #expect(try bench.contents(of: table) == before)
        let few = row.filter { needed.contains($0.key) }.mapValues(Optional.some)
        let json = try bench.take(ImportBench.json(few), "\(table.rawValue).jsonl")
        #expect(json.filter { $0.column != "kid_algorithm" } == [])
        #expect(try bench.contents(of: table) == before)
    }

    @Test(arguments: tables, ["csv", "jsonl"])
    func `an empty cell clears to what a new row has`(table: SetupTable, suffix: String) throws {
        let row = try #require(ImportBench.company.first { $0.table == table }?.row)
        let names = SetupTableNames(table)
        let few = row.filter { names.required.contains($0.key) }
        let new = try ImportBench()
        #expect(try new.importCompany(before: table) == [])
        #expect(try new.take(ImportBench.csv(few), "\(table.rawValue).csv") == [])

        let bench = try ImportBench()
        #expect(try bench.importCompany() == [])
        var cleared: [String: String?] = few
        for name in names.optional { cleared[name] = .some(nil) }
        let text =
            suffix == "csv"
            ? ImportBench.csv(cleared.mapValues { $0 ?? "" }) : ImportBench.json(cleared)
        #expect(try bench.take(text, "\(table.rawValue).\(suffix)") == [])
        let expected = try new.contents(of: table).map(Self.unversioned)
        // Where the numbers begin is no cell that can be cleared.
        let found = try bench.contents(of: table).map(Self.unversioned)
            .filter { !$0.contains("next_number") }
        #expect(found == expected.filter { !$0.contains("next_number") })
    }

    /// How often a form was changed is no cell of a file.
    private static func unversioned(_ row: String) -> String {
        row.replacing(#/"version": \d+/#, with: "")
    }

    @Test func `rows of JSON Lines may each name other columns`() throws {
        let bench = try ImportBench()
        _ = try bench.importCompany(before: .formTemplates)
        #expect(
            try bench.take(
                """
                {"number":"1","name":"Kunde AS","email":null}
                {"number":"2","name":"To AS","city":"Oslo"}

                """, "customers.jsonl") == [])
        let rows = try bench.connection.rows(
            """
            SELECT format('%s %s %s %s', customer_number, coalesce(email, '-'),
                coalesce(city, '-'), country) AS line FROM customer ORDER BY 1
            """
        ) { try $0["line"] as String }
        #expect(rows == ["1 - Oslo DK", "2 - Oslo NO"])
    }

    @Test func `a file that is imported again changes no row`() throws {
        let bench = try ImportBench()
        #expect(try bench.importCompany() == [])
        let marks = {
            try Self.tables.flatMap { table in
                try bench.connection.rows(
                    Query(
                        stringLiteral:
                            "SELECT xmin::text AS line FROM \(SetupTableNames(table).written)")
                ) { try $0["line"] as String }
            }
        }
        let before = try marks()
        #expect(try bench.importCompany() == [])
        #expect(try marks() == before)
    }

    @Test func `lines that the file no longer has go, and those that it has keep`() throws {
        let bench = try ImportBench()
        _ = try bench.importCompany()
        let header = "recurring_invoice,line_number,description,unit_price,vat_code"
        #expect(
            try bench.take(
                "\(header)\nA1,1,Leie,100.5,3\nA1,2,Strøm,5,3\n", "recurring_invoice_lines.csv")
                == [])
        #expect(
            try bench.take("\(header)\nA1,1,Leie,99,3\n", "recurring_invoice_lines.csv") == [])
        let rows = try bench.connection.rows(
            """
            SELECT format('%s %s %s', line_number, unit_price, discount_percent) AS line
            FROM recurring_invoice_line
            """
        ) { try $0["line"] as String }
        #expect(rows == ["1 99.000000 10.000000"])
    }

    @Test func `a rule is asked of what the row will be, not of the cells alone`() throws {
        let bench = try ImportBench()
        _ = try bench.importCompany()
        #expect(
            try bench.take("number,name,reverse_charge\n1,Kunde AS,true\n", "customers.csv") == [])
        let faults = try bench.take(
            "number,name,organisation_number\n1,Kunde AS,\n", "customers.csv")
        #expect(faults.map(\.column) == ["organisation_number"])
        let pause = try bench.take(
            "number,customer,created_by,anchor_date,interval_unit,paused_until\n"
                + "A1,1,kari,2026-01-01,month,2026-12-31\n", "recurring_invoices.csv")
        #expect(pause.map(\.column) == ["paused_until"])
    }
}

/// The names of a table's columns, and the table that they are written in.
struct SetupTableNames {
    let required: [String]
    let optional: [String]
    let written: String

    init(_ table: SetupTable) {
        required = table.columns.filter(\.isRequired).map(\.name)
        optional = table.columns.filter { !$0.isRequired }.map(\.name)
        written =
            switch table {
            case .users: "app_user"
            case .customers: "customer"
            case .customerRecipients: "customer_recipient"
            case .formTemplates: "form_template"
            case .sendPlans: "send_plan_step"
            case .vatRates: "vat_rate"
            case .exchangeRates: "exchange_rate"
            case .priceIndexValues: "price_index_value"
            case .priceIndexClauses: "price_index_clause"
            case .priceNotices: "price_notice"
            case .recurringInvoices: "recurring_invoice"
            case .recurringInvoiceLines: "recurring_invoice_line"
            case .attachments: "recurring_invoice_attachment"
            case .tenant, .formSetup: table.rawValue
            }
    }
}
