import Foundation
import Postgres
import TestSupport
import Testing

/// A provider that is down for everybody: it is left alone, the mail waits, and it heals.
struct OutageTests {
    private static let recipients = (1...40).map { "ok-\($0)@kunde.test" }
    private static let narrow = [
        "BUDSTIKKE_PROVIDER_CONCURRENCY": "4", "BUDSTIKKE_SEND_BREAKER_FAILURES": "5",
    ]

    @Test(arguments: ["status_500_before_accept", "status_503", "close_after_accept"])
    func `a provider that fails every time is left alone after a few attempts`(
        _ kind: String
    ) throws {
        let night = try Self.queued()
        try night.order(fault: kind, at: "send", count: 1_000)
        let run = try night.run("send-dispatches", [], environment: Self.narrow)
        #expect(run.exitCode == 69, "\(run.errors)")
        #expect(run.errors.contains("sendgrid is not available"), "\(run.errors)")
        // Five that opened it, and those that were in flight with the last of them.
        try Self.expectWaiting(night, triedMax: 8)
        try night.forgetFaults()
        try Self.expectHealing(night)
    }

    @Test func `a provider that can't be reached costs no attempt, and heals`() throws {
        let night = try Self.queued()
        let nowhere = Self.narrow.merging(["BUDSTIKKE_PROVIDER_BASE_URL": "http://127.0.0.1:9"]) {
            $1
        }
        let run = try night.run("send-dispatches", [], environment: nowhere)
        #expect(run.exitCode == 69, "\(run.errors)")
        try Self.expectWaiting(night, triedMax: 0)
        try Self.expectHealing(night)
    }

    @Test func `a single mail that the provider fails on does not stop the others`() throws {
        let night = try Self.queued()
        try night.order(fault: "status_503", at: "send", count: 4)
        let run = try night.run("send-dispatches", [], environment: Self.narrow)
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try night.ledger().accepted == Self.recipients.count - 4)
    }

    @Test func `where a proxy answers in the provider's place all are in doubt, and it is said`()
        throws
    {
        let night = try Self.queued()
        try night.order(
            AccountRefusalTests.Answer(
                provider: "sendgrid", status: 302, body: "", exit: 69, words: "302",
                headers: ["Location": "https://login.example/"]))
        let run = try night.run("send-dispatches")
        #expect(run.exitCode == 69, "\(run.errors)")
        #expect(run.errors.contains("302"), "\(run.errors)")
        let doubted = try night.count(
            "SELECT count(*) AS count FROM dispatch WHERE state = 'in_doubt'")
        #expect(doubted == Self.recipients.count)
        try night.forgetFaults()
        try night.drainAtOnce()
        #expect(try night.ledger().accepted == Self.recipients.count)
        #expect(try night.ledger().doubled_dispatch_ids.isEmpty)
    }

    /// The certificate is that of the test's own mail servers, which nobody is told to trust.
    @Test(.enabled(if: TestMail.isThere, Comment(rawValue: TestMail.absence)))
    func `a certificate that nobody trusts is the configuration's fault, and costs nothing`()
        throws
    {
        let night = try Self.queued()
        let port = try #require(TestMail.mailboxTLSURL.split(separator: ":").last)
        let run = try night.run(
            "send-dispatches", [],
            environment: ["BUDSTIKKE_PROVIDER_BASE_URL": "https://localhost:\(port)"])
        #expect(run.exitCode == 78, "\(run.errors)")
        #expect(run.errors.contains("certificate"), "\(run.errors)")
        try Self.expectWaiting(night, triedMax: 0)
        try Self.expectHealing(night)
    }

    private static func queued() throws -> Night {
        let night = try Night()
        try night.importCompany(recipients: recipients)
        _ = try night.run("generate-invoices", "--as-of", Company.smallAsOf)
        return night
    }

    private static func expectWaiting(_ night: Night, triedMax: Int) throws {
        let attempts = try night.count("SELECT sum(attempt)::bigint AS count FROM dispatch")
        #expect((0...triedMax).contains(attempts), "\(attempts) attempts")
        let told = try night.count(
            """
            SELECT count(*) AS count FROM dispatch
            WHERE message LIKE 'Waiting for the provider since %' OR message LIKE 'In doubt: %'
            """)
        #expect(told == recipients.count, "each says why it does not go out")
        let waiting = try night.count(
            "SELECT count(*) AS count FROM dispatch WHERE state IN ('queued', 'in_doubt')")
        #expect(waiting == recipients.count)
        #expect(try night.run("budstikke", "doctor").exitCode == 0)
    }

    private static func expectHealing(_ night: Night) throws {
        // The backoff's first wait is over by tomorrow, and so is every grace.
        let later = Date(timeIntervalSinceNow: 86_400).formatted(.iso8601)
        while try night.count(
            "SELECT count(*) AS count FROM dispatch WHERE state NOT IN ('sent', 'failed')") > 0
        {
            let run = try night.run("send-dispatches", "--as-of", later)
            try #require(run.exitCode == 0, "\(run.errors)")
        }
        let ledger = try night.ledger()
        #expect(ledger.accepted == recipients.count)
        #expect(ledger.doubled_dispatch_ids.isEmpty)
    }
}
