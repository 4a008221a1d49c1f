import Foundation
import Postgres
import Store
import TestSupport
import Testing

@testable import UseCases

/// Invariants that are broken in many places: however few rows are read at once, all are counted.
struct InvariantsTests {
    /// What breaks each kind in a company of so many agreements.
    private static let damage = """
        UPDATE number_series SET next_number = next_number + 1;
        DELETE FROM invoice_line;
        DELETE FROM dispatch_message;
        DELETE FROM dispatch_queue;
        DELETE FROM ongoing_dispatch;
        UPDATE recurring_invoice SET next_period_number = next_period_number + 1;
        """

    private static func broken(_ company: TestCompany, rowsAtOnce: Int?) throws -> [String] {
        try Invariants(company.connection, rowsAtOnce: rowsAtOnce).check(leaseGraceSeconds: 900)
            .flatMap { finding in
                [finding.unfinished ?? ""] + finding.brokenBy.map { "\(finding.name): \($0)" }
            }
            .filter { !$0.isEmpty }.sorted()
    }

    @Test func `however few rows are read at once, the same is found`() throws {
        let company = try TestCompany(
            recipients: (1...7).map { "ok-\($0)@kunde.test" }, tenants: 1...3)
        company.generate()
        #expect(try Self.broken(company, rowsAtOnce: 1) == [])
        try company.connection.run(
            script: "SET session_replication_role = replica; \(Self.damage)")
        let whole = try Self.broken(company, rowsAtOnce: nil)
        for name in ["numbers", "totals", "documents", "queue", "ongoing", "next-dates"] {
            #expect(whole.contains { $0.hasPrefix("\(name): ") }, "\(name)")
        }
        #expect(whole.contains { $0.hasPrefix("documents: and 1 more") })
        for rows in [1, 2, 5, 21] {
            let counts = try Self.broken(company, rowsAtOnce: rows).count
            #expect(counts == whole.count, "\(rows) at once")
        }
    }

    @Test func `what a statement has no time for is said`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        company.generate()
        let blocked = try company.database.connect()
        try blocked.run(script: "SET statement_timeout = '1ms'")
        // Nobody sums the lines of a hundred thousand copies of an invoice in a millisecond.
        try company.connection.run(
            script: """
                SET session_replication_role = replica;
                INSERT INTO invoice_line SELECT (l).* FROM (
                    SELECT jsonb_populate_record(l, jsonb_build_object('line_number', 1000 + n)) AS l
                    FROM invoice_line AS l, generate_series(1, 100000) AS n
                    WHERE l.line_number = 1) AS copies;
                """)
        let totals = try Invariants(blocked).check(leaseGraceSeconds: 900)
            .first { $0.name == "totals" }
        #expect(totals?.unfinished?.contains("took too long") == true)
    }
}
