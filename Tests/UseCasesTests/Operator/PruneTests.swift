import Dispatching
import Foundation
import Invoicing
import Postgres
import Runtime
import Store
import TestSupport
import Testing

@testable import UseCases

/// What is let go of a company's history, and when; and what is still known of it then.
struct PruneTests {
    /// A month of invoices with every end: delivered, bounced, blocked, never heard of, cancelled,
    /// failed beforehand.
    private static func company() throws -> TestCompany {
        let company = try TestCompany(
            "ok-1@kunde.test", "unknown-2@kunde.test", "silent-3@kunde.test", "spam-4@kunde.test",
            "ok-5@kunde.test", "no address")
        try company.connection.insert(.customerRecipient, ["email": "ok-kopi@kunde.test"])
        company.generate()
        company.cancel(try company.number("A5"))
        try company.drain()
        company.reconcile()
        return company
    }

    /// The to-dos are dealt with, as they are in half a year.
    private static func dismiss(_ company: TestCompany) throws {
        try company.connection.run(
            script: "UPDATE todo SET closed_at = now(), closed_by = 'kari' WHERE closed_at IS NULL")
    }

    /// Where any address of a customer stands, by table.
    private static func addresses(_ company: TestCompany) throws -> Set<String> {
        Set(
            try company.contents().filter { $0.contains("@kunde.test") || $0.contains("Kunde ") }
                .map { String($0.prefix { $0 != " " }) })
    }

    private static let setUp: Set = [
        "customer", "customer_recipient", "recurring_invoice", "suppression",
    ]
    /// The company is of November 2026.
    private static let halfAYear = "2027-06-15"
    private static let lastDayKept = "2031-12-31"
    private static let firstDayGone = "2032-01-02"

    // MARK: When

    @Test func `nothing goes that is younger than its retention`() throws {
        let company = try Self.company()
        try Self.dismiss(company)
        let before = try company.contents()
        let outcome = company.prune(on: "2027-05-01")
        #expect(outcome.isDone && outcome.lines.first == "dispatches=0", "\(outcome)")
        #expect(try company.contents() == before)
    }

    @Test func `after half a year addresses and words are gone, and what became stays`() throws {
        let company = try Self.company()
        try Self.dismiss(company)
        let fate: Query = """
            SELECT concat_ws(' ', dispatch_id, state, delivery, message, reason, sent_at,
                finalized_at) AS line
            FROM dispatch ORDER BY 1
            """
        let held: Query = "SELECT h::text AS line FROM dunning_hold AS h ORDER BY 1"
        let (before, holds) = (try company.lines(fate), try company.lines(held))
        #expect(holds.count >= 3)
        let outcome = company.prune(on: Self.halfAYear)
        #expect(outcome.counts["dispatches"] == before.count, "\(outcome)")
        #expect(try company.lines(fate) == before)
        #expect(try company.lines(held) == holds)
        let left = try Self.addresses(company)
        #expect(left.isSubset(of: Self.setUp.union(["invoice"])), "\(left)")
        #expect(try company.broken() == [])
        let number = try company.number("A1")
        #expect(company.why(number).contains("pruned"))
        #expect(try company.audits("prune").count == 1)
        let again = company.prune()
        #expect(again.counts["rows"] == 0 && again.counts["dispatches"] == 0, "\(again)")
        #expect(try company.audits("prune").count == 1, "what did nothing is not told")
    }

    @Test func `an invoice is kept whole until its five years are over`() throws {
        let company = try Self.company()
        try Self.dismiss(company)
        company.prune(on: Self.lastDayKept)
        let kept = try company.contents()
        #expect(kept.count { $0.hasPrefix("invoice_line ") } == 6)
        #expect(kept.count { $0.hasPrefix("document ") } == 6)
        let number = try company.number("A1")
        #expect(company.resend(.invoice(number), reason: "bedt om").isDone, "its document is there")
        company.cancel(number)

        let outcome = company.prune(on: Self.firstDayGone)
        #expect(outcome.counts["invoices"] == 5, "one was sent again just now: \(outcome)")
        try Self.dismiss(company)
        company.prune(on: "2032-12-31")
        let rows = try company.contents()
        #expect(!rows.contains { $0.hasPrefix("invoice_line ") || $0.hasPrefix("document ") })
        #expect(!rows.contains { $0.hasPrefix("file_content ") })
        #expect(try Self.addresses(company).isSubset(of: Self.setUp))
        #expect(try company.broken() == [], "numbers and periods are whole")
        #expect(company.why(number).contains("pruned"))
        let refused = company.resend(.invoice(number), reason: "bedt om")
        #expect(refused.text.contains("no longer kept"), "\(refused)")
    }

    @Test func `what somebody has to deal with stays`() throws {
        let company = try Self.company()
        let open = try company.openTodos()
        #expect(open > 0)
        let outcome = company.prune(on: Self.halfAYear)
        let all = try company.count("SELECT count(*) AS count FROM dispatch")
        let gone = try company.count(
            "SELECT count(*) AS count FROM dispatch WHERE pruned_at IS NOT NULL")
        #expect(outcome.counts["dispatches"] == gone && gone <= all - open)
        #expect(try company.broken() == [])
    }

    @Test func `what an agreement waits for stays, and goes once it is mended`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        try company.connection.run(script: "DELETE FROM vat_rate")
        company.generate()
        try Self.dismiss(company)
        company.prune(on: Self.halfAYear)
        #expect(try company.count("SELECT count(*) AS count FROM dispatch_fault") == 1)
        try company.connection.insert(.vatRate)
        company.generate()
        #expect(try company.broken() == [])
    }

    // MARK: How

    @Test func `a dry run changes nothing, and says what the run does`() throws {
        let company = try Self.company()
        try Self.dismiss(company)
        try company.connection.run(
            script: """
                INSERT INTO job_run (run_id, job, host, process_id, started_at)
                VALUES (gen_random_uuid(), 'send-dispatches', 'h', 1, '2026-11-01')
                """)
        let before = try company.contents()
        let dry = company.prune(on: Self.firstDayGone, isDryRun: true)
        #expect(try company.contents() == before)
        company.now -= 1
        let real = company.prune()
        // Which file loses its last reference shows when both have gone, its mail and its invoice.
        func tables(_ outcome: TestCompany.Outcome) -> [String] {
            outcome.lines.filter { !$0.contains("=") && !$0.hasPrefix("file_content") }
        }
        #expect(tables(dry).dropLast() == tables(real)[...], "\(dry.lines) \(real.lines)")
        #expect(dry.counts["dispatches"] == real.counts["dispatches"])
        #expect(dry.counts["invoices"] == real.counts["invoices"])
        #expect(real.lines.contains("job_run 0 1"))
    }

    @Test func `no other role lets anything go`() throws {
        let company = try Self.company()
        let before = try company.contents()
        let outcome = company.prune(on: Self.firstDayGone, role: "budstikke_job")
        #expect(outcome.exit == .configuration && outcome.error.contains("budstikke_pruner"))
        #expect(try company.contents() == before)
    }

    @Test func `one tenant's history goes alone`() throws {
        let company = try TestCompany("ok-1@kunde.test", tenants: 1...2)
        company.generate()
        try company.drain()
        company.reconcile()
        let other = try company.contents(tenant: 2)
        let outcome = company.prune(on: Self.firstDayGone, tenant: 1)
        #expect(outcome.counts["invoices"] == 1, "\(outcome)")
        #expect(try company.contents(tenant: 2) == other)
    }

    @Test func `what a program works on is left to the next time`() throws {
        let company = try TestCompany("ok-1@kunde.test", "ok-2@kunde.test")
        company.generate()
        try company.drain()
        company.reconcile()
        let other = try company.database.connect()
        try other.transaction {
            try other.run(
                script: """
                    SELECT FROM dispatch
                    WHERE dispatch_id = (SELECT min(dispatch_id::text)::uuid FROM dispatch)
                    FOR UPDATE
                    """)
            #expect(company.prune(on: Self.halfAYear).counts["dispatches"] == 1)
        }
        #expect(company.prune().counts["dispatches"] == 1)
    }

    @Test func `two at once let each row go once`() async throws {
        let company = try TestCompany(recipients: (1...40).map { "ok-\($0)@kunde.test" })
        company.generate()
        try company.drain()
        company.reconcile()
        let (conninfo, now) = (company.database.conninfo, company.now + 400 * 86_400)
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let connection = try Connection(
                        conninfo + " options='-c role=budstikke_pruner'",
                        applicationName: "budstikke-tests")
                    var (gone, place): (Int, PrunePlace?) = (0, nil)
                    repeat {
                        let batch = try connection.transaction {
                            try MailPruning(connection).batch(
                                before: now, after: place, tenantID: nil, now: now, limit: 3)
                        }
                        gone += batch.count
                        place = batch.next
                    } while place != nil
                    return gone
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(counts == 40)
        #expect(try company.broken() == [])
    }

    // MARK: Late and shared

    @Test func `what comes later of a dispatch that is gone is an orphan`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        company.generate()
        try company.drain()
        // Nothing was heard until it went.
        company.prune(on: Self.halfAYear)
        let fate: Query = "SELECT concat_ws(' ', state, delivery) AS line FROM dispatch"
        #expect(try company.lines(fate) == ["sent unknown"])
        company.reconcile(since: "2026-11-01")
        #expect(try company.lines(fate) == ["sent unknown"])
        let orphans: Query = "SELECT count(*) AS count FROM delivery_event WHERE tenant_id = 0"
        #expect(try company.count(orphans) > 0)
        #expect(try company.broken() == [])
        company.prune(on: "2028-01-01")
        #expect(try company.count("SELECT count(*) AS count FROM delivery_event") == 0)
        let number = try company.number("A1")
        #expect(company.resend(.invoice(number), reason: "bedt om").isDone, "nothing holds it up")
    }

    @Test func `a file stays as long as an agreement has it`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        try company.connection.run(
            script: """
                INSERT INTO file_content (tenant_id, sha256, byte_count, content)
                VALUES (1, sha256('Avtale'), 6, 'Avtale');
                INSERT INTO recurring_invoice_attachment (tenant_id, recurring_invoice_number,
                    position, file_name, content_type, sha256)
                VALUES (1, 'A1', 1, 'v.txt', 'text/plain', sha256('Avtale'))
                """)
        company.generate()
        try company.drain()
        company.reconcile()
        company.prune(on: Self.firstDayGone)
        let files: Query = "SELECT byte_count::text AS line FROM file_content"
        #expect(try company.lines(files) == ["6"])
    }

    @Test func `a file that is about to be referred to stays`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        company.generate()
        try company.drain()
        company.reconcile()
        let content = try #require(
            try company.connection.first("SELECT sha256, content FROM file_content LIMIT 1") {
                Files.New(tenantID: 1, sha256: try $0["sha256"], content: try $0["content"])
            })
        let other = try Connection(
            company.database.conninfo + " options='-c role=budstikke_job'",
            applicationName: "budstikke-tests")
        try other.transaction {
            try Files(other).insert([content])
            company.prune(on: Self.firstDayGone)
            #expect(try company.count("SELECT count(*) AS count FROM document") == 0)
        }
        #expect(try company.count("SELECT count(*) AS count FROM file_content") == 1)
    }

    @Test func `a block stays while it blocks`() throws {
        let company = try Self.company()
        let blocked = try company.count("SELECT count(*) AS count FROM suppression")
        #expect(blocked >= 2)
        try company.lift("unknown-2@kunde.test", reason: "rettet")
        company.prune(on: Self.firstDayGone)
        #expect(try company.count("SELECT count(*) AS count FROM suppression") == blocked - 1)
    }
}
