import Foundation
import Invoicing
import Postgres
import Store
import TestSupport
import Testing

/// The page on the tables says what they are: every statement in it runs, and no table is missing.
struct TablesPageTests {
    private static let page = try? String(
        contentsOf: URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/tables.md"), encoding: .utf8)

    @Test func `the statements of the page set up an agreement that becomes due`() throws {
        let statements = try #require(Self.page).components(separatedBy: "```sql\n").dropFirst()
            .map { $0.components(separatedBy: "```")[0] }
        #expect(statements.count >= 6)
        let connection = try TestDatabase().connect()
        for statement in statements { try connection.run(script: statement) }
        let new = try Date("2027-01-02T12:00:00Z", strategy: .iso8601)
        let due = try RecurringInvoices(connection).due([AgreementKey(7, "A-1")], now: new)
        let agreement = try #require(due.first?.agreement)
        #expect(agreement.lines.count == 1)
        #expect(agreement.endDate == CivilDate(year: 2027, month: 12, day: 31))
    }

    @Test func `the page names every table and view, and no other`() throws {
        let connection = try TestDatabase().connect()
        let existing = try connection.rows(
            """
            SELECT relname::text AS name FROM pg_class
            WHERE relnamespace = 'budstikke'::regnamespace AND relkind IN ('r', 'p', 'v')
                AND NOT relispartition
            """
        ) { try $0["name"] as String }
        let page = try #require(Self.page)
        for name in existing { #expect(page.contains("`\(name)`"), "\(name) is not in the page") }
        // The first column of the page's tables, and the list of the programs' own.
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
            .compactMap { $0.split(separator: "|").first }
        let named = rows.joined().matches(of: /`([a-z_]+)`/).map { String($0.1) }
        #expect(named.count >= 25)
        #expect(Set(named).subtracting(existing).isEmpty)
    }
}
