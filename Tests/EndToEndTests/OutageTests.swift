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
        let installation = try Self.queued()
        try installation.order(fault: kind, at: "send", count: 1_000)
        let run = try installation.run("send-dispatches", [], environment: Self.narrow)
        #expect(run.exitCode == 69, "\(run.errors)")
        #expect(run.errors.contains("sendgrid is not available"), "\(run.errors)")
        // Five that opened it, and those that were in flight with the last of them.
        try Self.expectWaiting(installation, triedMax: 8)
        try installation.forgetFaults()
        try Self.expectHealing(installation)
    }

    @Test func `a provider that can't be reached costs no attempt, and heals`() throws {
        let installation = try Self.queued()
        let nowhere = Self.narrow.merging(["BUDSTIKKE_PROVIDER_BASE_URL": "http://127.0.0.1:9"]) {
            $1
        }
        let run = try installation.run("send-dispatches", [], environment: nowhere)
        #expect(run.exitCode == 69, "\(run.errors)")
        try Self.expectWaiting(installation, triedMax: 0)
        try Self.expectHealing(installation)
    }

    @Test func `a single mail that the provider fails on does not stop the others`() throws {
        let installation = try Self.queued()
        try installation.order(fault: "status_503", at: "send", count: 4)
        let run = try installation.run("send-dispatches", [], environment: Self.narrow)
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try installation.ledger().accepted == Self.recipients.count - 4)
    }

    @Test func `where a proxy answers in the provider's place all are in doubt, and it is said`()
        throws
    {
        let installation = try Self.queued()
        try installation.order(
            AccountRefusalTests.Answer(
                provider: "sendgrid", status: 302, body: "", exit: 69, words: "302",
                headers: ["Location": "https://login.example/"]))
        let run = try installation.run("send-dispatches")
        #expect(run.exitCode == 69, "\(run.errors)")
        #expect(run.errors.contains("302"), "\(run.errors)")
        let doubted = try installation.count(
            "SELECT count(*) AS count FROM dispatch WHERE state = 'in_doubt'")
        #expect(doubted == Self.recipients.count)
        try installation.forgetFaults()
        try installation.drainAtOnce()
        #expect(try installation.ledger().accepted == Self.recipients.count)
        #expect(try installation.ledger().doubled_dispatch_ids.isEmpty)
    }

    /// The certificate is that of the test's own mail servers, which nobody is told to trust.
    @Test(.enabled(if: TestMail.isThere, Comment(rawValue: TestMail.absence)))
    func `a certificate that nobody trusts is the configuration's fault, and costs nothing`()
        throws
    {
        let installation = try Self.queued()
        let port = try #require(TestMail.mailboxTLSURL.split(separator: ":").last)
        let run = try installation.run(
            "send-dispatches", [],
            environment: ["BUDSTIKKE_PROVIDER_BASE_URL": "https://localhost:\(port)"])
        #expect(run.exitCode == 78, "\(run.errors)")
        #expect(run.errors.contains("certificate"), "\(run.errors)")
        try Self.expectWaiting(installation, triedMax: 0)
        try Self.expectHealing(installation)
    }

    private static func queued() throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: recipients)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        return installation
    }

    private static func expectWaiting(_ installation: TestInstallation, triedMax: Int) throws {
        let attempts = try installation.count("SELECT sum(attempt)::bigint AS count FROM dispatch")
        #expect((0...triedMax).contains(attempts), "\(attempts) attempts")
        let told = try installation.count(
            """
            SELECT count(*) AS count FROM dispatch
            WHERE message LIKE 'Waiting for the provider since %' OR message LIKE 'In doubt: %'
            """)
        #expect(told == recipients.count, "each says why it does not go out")
        let waiting = try installation.count(
            "SELECT count(*) AS count FROM dispatch WHERE state IN ('queued', 'in_doubt')")
        #expect(waiting == recipients.count)
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    private static func expectHealing(_ installation: TestInstallation) throws {
        // The backoff's first wait is over by tomorrow, and so is every grace.
        let later = Date(timeIntervalSinceNow: 86_400).formatted(.iso8601)
        while try installation.count(
            "SELECT count(*) AS count FROM dispatch WHERE state NOT IN ('sent', 'failed')") > 0
        {
            let run = try installation.run("send-dispatches", "--as-of", later)
            try #require(run.exitCode == 0, "\(run.errors)")
        }
        let ledger = try installation.ledger()
        #expect(ledger.accepted == recipients.count)
        #expect(ledger.doubled_dispatch_ids.isEmpty)
    }
}
