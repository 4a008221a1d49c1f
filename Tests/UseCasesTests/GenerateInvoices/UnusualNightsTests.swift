import Foundation
import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// A night far above a tenant's own history stops and asks; the others go on.
struct UnusualNightsTests {
    /// Two tenants that have invoiced twenty a month, and the first of which has sixty-one new
    /// agreements that are due.
    private static func company() throws -> TestCompany {
        let company = try TestCompany(
            recipients: (1...20).map { "ok-\($0)@kunde.test" }, tenants: 1...2)
        #expect(company.generate().isDone)
        for number in 21...81 {
            try company.connection.insertAgreement(number, email: "ok-\(number)@kunde.test")
        }
        return company
    }

    private static func invoices(_ company: TestCompany, tenant: Int) throws -> Int {
        Int(
            try company.count(
                "SELECT count(*) AS count FROM invoice WHERE tenant_id = \(tenant)"))
    }

    @Test func `nothing is made until a person approves it, and others are not held up`() throws {
        let company = try Self.company()
        let day = "2026-12-24"
        let run = company.generate(on: day)
        #expect(run.exit == .someFailed && run.counts["approvals_asked"] == 1, "\(run)")
        #expect(run.text.contains("generate-invoices --tenant 1 --approve"), "\(run)")
        #expect(run.text.contains("no day of the last year had more than 20"), "\(run)")
        #expect(try Self.invoices(company, tenant: 1) == 20)
        #expect(try Self.invoices(company, tenant: 2) == 40)
        #expect(
            try company.lines("SELECT tenant_id || ' ' || usual AS line FROM awaited_approval")
                == ["1 20"])
        // A second run changes nothing.
        #expect(company.generate(on: day).counts["invoices"] == 0)

        let rehearsed = company.generate(on: day, tenant: 1, isDryRun: true, isApproved: true)
        #expect((rehearsed.counts["invoices"] ?? 0) >= 61 && rehearsed.isDone, "\(rehearsed)")
        #expect(try company.count("SELECT count(*) AS count FROM awaited_approval") == 1)
        let approved = company.generate(on: day, tenant: 1, isApproved: true)
        #expect(approved.isDone && approved.counts["invoices"] == rehearsed.counts["invoices"])
        #expect(try company.count("SELECT count(*) AS count FROM awaited_approval") == 0)
        #expect(try company.broken() == [])
        // What was approved is history now.
        #expect(company.generate(on: "2027-01-24").isDone)
    }

    @Test func `what is mended needs no approval any more`() throws {
        let company = try Self.company()
        company.generate(on: "2026-12-24")
        try company.connection.run(
            script: """
                UPDATE recurring_invoice SET paused_from = '2026-01-01'
                WHERE tenant_id = 1 AND substr(recurring_invoice_number, 2)::int > 20
                """)
        #expect(company.generate(on: "2026-12-25").isDone)
        #expect(try company.count("SELECT count(*) AS count FROM awaited_approval") == 0)
    }

    @Test func `in two parts on one day it is as much`() throws {
        let company = try TestCompany(recipients: (1...20).map { "ok-\($0)@kunde.test" })
        #expect(company.generate().isDone)
        let day = "2026-12-24"
        for numbers in [21...40, 41...81] {
            #expect(company.generate(on: day).isDone)
            for number in numbers {
                try company.connection.insertAgreement(number, email: "ok-\(number)@kunde.test")
            }
        }
        let before = try Self.invoices(company, tenant: 1)
        let run = company.generate(on: day)
        #expect(run.counts["approvals_asked"] == 1, "\(run)")
        #expect(try Self.invoices(company, tenant: 1) == before)
    }

    @Test func `agreements that stay due for a fault ask for nothing each night`() throws {
        let company = try Self.company()
        company.generate(on: "2026-12-24", tenant: 1, isApproved: true)
        try company.connection.run(
            script: """
                DELETE FROM generated_day WHERE day > '2026-12-01';
                UPDATE customer SET email = 'none' WHERE tenant_id = 1
                """)
        company.generate(on: "2027-01-24", tenant: 1, isApproved: true)
        try company.connection.run(script: "DELETE FROM generated_day WHERE day > '2026-12-01'")
        let run = company.generate(on: "2027-01-25", tenant: 1)
        #expect(run.counts["approvals_asked"] == 0, "\(run)")
    }

    @Test func `a factor of nought never asks`() throws {
        let company = try Self.company()
        company.settings.generate.askFactor = 0
        #expect(company.generate(on: "2026-12-24").counts["approvals_asked"] == 0)
    }

    @Test func `imported invoices that go out by themselves are asked about as well`() throws {
        let company = try Self.company()
        try company.connection.run(
            script: """
                UPDATE recurring_invoice SET paused_from = '2026-01-01' WHERE tenant_id = 1
                """)
        for number in 100...160 {
            let id = UUID()
            try company.connection.insert(
                .invoice,
                ["tenant_id": "1", "invoice_id": "\(id)", "number": "I\(number)"])
            try company.connection.run(
                script: "INSERT INTO automatic_dispatch (tenant_id, invoice_id) VALUES (1, '\(id)')"
            )
        }
        let run = company.generate(on: "2026-12-24", tenant: 1)
        #expect(run.counts["approvals_asked"] == 1, "\(run)")
        #expect(try company.count("SELECT count(*) AS count FROM automatic_dispatch") == 61)
    }
}
