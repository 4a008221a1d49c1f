import Dispatching
import Foundation
import Postgres
import Runtime
import TestSupport
import Testing
import Wire

/// A provider that is down for everybody, for a while or for days: it is left alone, the mail waits,
/// nothing is lost or spent, each user is told once, and it heals.
struct OutageTests {
    private static let recipients = (1...40).map { "ok-\($0)@kunde.test" }

    @Test(arguments: [
        StubServer.Reaction.answer(500), .answer(503), .close,
    ])
    func `a provider that fails every time is left alone after a few attempts`(
        _ reaction: StubServer.Reaction
    ) throws {
        let company = try Self.queued()
        company.settings.send.breakerFailures = 5
        let server = StubServer { _ in reaction }
        let run = company.send(
            by: try AccountRefusalTests.account("sendgrid", at: server, concurrency: 4))
        #expect(run.exit == .unavailable, "\(run)")
        #expect(run.error.contains("sendgrid is not available"), "\(run)")
        // Five that opened it, and those that were in flight with the last of them.
        try Self.expectWaiting(company, triedMax: 8)
        try Self.expectHealing(company, StubProvider(name: "sendgrid"))
    }

    @Test func `a provider that can't be reached costs no attempt, and heals`() throws {
        let company = try Self.queued()
        company.provider.answer { _ in Self.unreachable }
        #expect(company.send().exit == .unavailable)
        try Self.expectWaiting(company, triedMax: 0)
        company.provider.behave()
        try Self.expectHealing(company, company.provider)
    }

    @Test func `a single mail that the provider fails on does not stop the others`() throws {
        let company = try Self.queued()
        company.settings.send.breakerFailures = 5
        company.provider.answer {
            $0.to.address.text.hasSuffix("5@kunde.test") ? .inDoubt(reason: "503") : nil
        }
        #expect(company.send().isDone)
        #expect(company.provider.taken.count == Self.recipients.count - 4)
    }

    @Test func `where a proxy answers in the provider's place all are in doubt, and it is said`()
        throws
    {
        let company = try Self.queued()
        let proxy = StubServer { _ in
            .answer(302, headers: [("Location", "https://login.example/")])
        }
        let run = company.send(by: try AccountRefusalTests.account("sendgrid", at: proxy))
        #expect(run.exit == .unavailable, "\(run)")
        #expect(run.error.contains("302"), "\(run)")
        #expect(try company.lines("SELECT DISTINCT state AS line FROM dispatch") == ["in_doubt"])
        try Self.expectHealing(company, StubProvider(name: "sendgrid"))
    }

    // MARK: Days

    /// The longer steps come after the first hours, in which the pauses grow.
    private static let minutes =
        [0, 1, 2, 4, 8, 20, 60, 120, 239] + stride(from: 241, to: 4_320, by: 61)

    @Test func `three days without the provider cost no attempt and one warning each user`() throws
    {
        let company = try Self.queued(tenants: 1...2)
        company.provider.answer { _ in Self.unreachable }
        let start = company.now
        for minute in Self.minutes {
            company.now = start + Double(minute) * 60
            let run = company.send()
            #expect(run.exit == .unavailable, "after \(minute) minutes: \(run)")
            let warnings = try Self.warnings(company)
            #expect(warnings == (minute < 240 ? [] : ["1 kari 1", "2 kari 1"]), "after \(minute)")
        }
        #expect(try company.count("SELECT sum(attempt)::bigint AS count FROM dispatch") == 0)
        let message = try company.lines(
            """
            SELECT DISTINCT state || ' ' || left(message, 48) AS line FROM dispatch
            """)
        #expect(
            message == ["queued Waiting for the provider since 2026-11-24 13:00:"], "in Norway")
        #expect(try company.openTodos() == 2)
        #expect(try company.broken() == [])

        // It is back. What had waited longest by itself is due within the hour.
        company.provider.behave()
        for minute in stride(from: 4_320, through: 4_400, by: 20) {
            company.now = start + Double(minute) * 60
            #expect(company.send().isDone)
        }
        #expect(company.provider.taken.count == 80 && company.provider.doubled == [])
        #expect(try company.count("SELECT sum(attempt)::bigint AS count FROM dispatch") == 80)
        #expect(
            try company.openTodos() == 0, "what the provider's trouble opened closes by itself")
        #expect(try Self.warnings(company) == ["1 kari 1", "2 kari 1"])
    }

    @Test func `what waits longer than is sensible is given up, told, and brought back`() throws {
        let company = try Self.queued()
        company.provider.answer { _ in Self.unreachable }
        let start = company.now
        company.send()
        company.now = start + 7_199 * 60
        #expect(company.send().exit == .unavailable)
        #expect(try company.states("A1") == ["queued"])
        company.now = start + 7_300 * 60
        let late = company.send()
        #expect(late.exit == .unavailable && late.counts["given_up"] == 40, "\(late)")
        let failed = try company.count(
            """
            SELECT count(*) AS count FROM dispatch WHERE state = 'failed' AND reason = 'given_up'
                AND message LIKE 'Given up. Waiting for the provider since 2026-11-24 13:00: %'
            """)
        #expect(failed == 40)
        #expect(try company.openTodos() == 40)
        #expect(try company.broken() == [])

        let again = TestCompany.Resent.allFailed(reason: "given_up")
        #expect(company.resend(again, isDryRun: true).isDone)
        #expect(
            try company.count("SELECT count(*) AS count FROM dispatch WHERE state = 'queued'") == 0)
        #expect(company.resend(again).isDone)
        #expect(company.resend(again).exit == .badInput, "there are none any more")
        company.provider.behave()
        try company.drain()
        #expect(company.provider.taken.count == 40)
    }

    // MARK: What they are tried on

    private static let unreachable = SubmitOutcome.refused(
        Refusal(.provider, .unreachable, "no connection"))

    private static func queued(tenants: ClosedRange<Int> = 1...1) throws -> TestCompany {
        let company = try TestCompany(recipients: recipients, tenants: tenants)
        company.generate()
        return company
    }

    private static func expectWaiting(_ company: TestCompany, triedMax: Int) throws {
        let attempts = try company.count("SELECT sum(attempt)::bigint AS count FROM dispatch")
        #expect((0...triedMax).contains(attempts), "\(attempts) attempts")
        let told = try company.count(
            """
            SELECT count(*) AS count FROM dispatch
            WHERE state IN ('queued', 'in_doubt') AND (message LIKE 'In doubt: %'
                OR message LIKE 'Waiting for the provider since %')
            """)
        #expect(told == recipients.count, "each says why it does not go out")
        #expect(try company.broken() == [])
    }

    private static func expectHealing(_ company: TestCompany, _ provider: StubProvider) throws {
        try company.drain(by: provider)
        #expect(Set(provider.taken.map(\.to.address.text)) == Set(recipients))
        #expect(provider.doubled == [])
    }

    private static func warnings(_ company: TestCompany) throws -> [String] {
        try company.lines(
            """
            SELECT format('%s %s %s', tenant_id, user_key, count(*)) AS line FROM notification
            WHERE kind = 'delayed' GROUP BY tenant_id, user_key ORDER BY 1
            """)
    }
}
