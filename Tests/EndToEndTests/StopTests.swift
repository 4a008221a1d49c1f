import Foundation
import Postgres
import TestSupport
import Testing

/// send-dispatches stopped in the middle of a drain, while the provider is slow to answer.
struct StopTests {
    private static let recipients = (1...24).map { "ok-\($0)@kunde.test" }
    /// Four at a time, so that most of the claimed batch never reaches the wire.
    private static let narrow = ["BUDSTIKKE_PROVIDER_CONCURRENCY": "4"]

    @Test(arguments: [SIGTERM, SIGHUP])
    func `a polite stop finishes what is in flight and gives back the rest`(
        _ signal: Int32
    ) throws {
        let installation = try Self.queued()
        let drain = try Self.startDrain(installation)
        drain.send(signal)
        let run = drain.wait()
        #expect(run.exitCode == 75, "\(run.errors)")

        let sent = try installation.count(
            "SELECT count(*) AS count FROM dispatch WHERE state = 'sent'")
        #expect(sent == (try installation.ledger().accepted), "what was taken is known to be taken")
        #expect((1...8).contains(sent), "and no more was begun: \(sent)")
        let held = try installation.count("SELECT count(*) AS count FROM dispatch_lease")
        #expect(held == 0, "nothing is left to run into its lease")
        let givenBack = try installation.count(
            """
            SELECT count(*) AS count FROM dispatch AS d
            JOIN dispatch_queue AS q
                ON q.tenant_id = d.tenant_id AND q.dispatch_id = d.dispatch_id
            WHERE d.state = 'queued' AND d.attempt = 0 AND q.run_at <= now()
            """)
        #expect(givenBack == Self.recipients.count - sent, "due at once, no attempt spent")
        let recorded = try installation.lines(
            "SELECT exit_code::text AS line FROM job_run WHERE job = 'send-dispatches'")
        #expect(recorded == ["75"])

        #expect(try installation.run("send-dispatches").exitCode == 0)
        // On a machine that is starved a lease of seconds runs out within a run too: the next one goes on.
        try installation.drain()
        try installation.settle()
        #expect(try installation.problems(invoices: Self.recipients.count) == [])
        #expect(try installation.ledger().distinct_dispatch_ids == Self.recipients.count)
    }

    @Test func `a second SIGTERM ends at once, and what was in flight is sent once`() throws {
        let installation = try Self.queued()
        let drain = try Self.startDrain(installation)
        drain.send(SIGTERM)
        drain.send(SIGTERM)
        #expect([75, 143].contains(drain.wait().exitCode))
        try installation.drain()
        try installation.settle()
        #expect(try installation.problems(invoices: Self.recipients.count) == [])
        #expect(try installation.ledger().distinct_dispatch_ids == Self.recipients.count)
    }

    @Test func `a stop does not wait for a provider that does not answer, nor blame it`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: Array(Self.recipients.prefix(12)))
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        try installation.order(fault: "timeout_after_accept", at: "send", count: 100)
        let drain = RunningProgram(
            "send-dispatches", installation.arguments([]),
            environment: [
                "BUDSTIKKE_PROVIDER_TIMEOUT_SECONDS": "600",
                "BUDSTIKKE_SEND_LEASE_SECONDS": "700",
                "BUDSTIKKE_SEND_IN_DOUBT_WINDOW_SECONDS": "800",
                "BUDSTIKKE_SEND_BREAKER_FAILURES": "3",
            ])
        try drain.start()
        #expect(try installation.wait { try installation.ledger().accepted > 3 })
        drain.send(SIGTERM)
        let run = drain.wait()
        #expect(run.exitCode == 75, "\(run.errors)")
        #expect(!run.errors.contains("not available"), "\(run.errors)")
        let inDoubt = try installation.count(
            "SELECT count(*) AS count FROM dispatch WHERE state = 'in_doubt'")
        #expect(inDoubt == (try installation.ledger().accepted), "what was taken is not sent again")
    }

    @Test func `an interrupted drain says that somebody meant it`() throws {
        let installation = try Self.queued()
        let drain = try Self.startDrain(installation)
        drain.send(SIGINT)
        #expect(drain.wait().exitCode == 130)
        #expect(try installation.count("SELECT count(*) AS count FROM dispatch_lease") == 0)
    }

    @Test func `a loop that waits ends when it is stopped`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let loop = try installation.start("send-dispatches", "--watch")
        #expect(try installation.wait { try installation.ledger().accepted == 1 })
        loop.send(SIGTERM)
        #expect(loop.wait().exitCode == 75)
        #expect(try installation.count("SELECT count(*) AS count FROM dispatch_lease") == 0)
    }

    private static func queued() throws -> TestInstallation {
        let installation = try TestInstallation(arguments: ["--latency-ms", "600"])
        try installation.importCompany(recipients: recipients)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        return installation
    }

    /// Begins to send, and returns when the first mails are on the wire or just taken.
    private static func startDrain(_ installation: TestInstallation) throws -> RunningProgram {
        let drain = RunningProgram(
            "send-dispatches", installation.arguments([]), environment: narrow)
        try drain.start()
        #expect(try installation.wait { try installation.ledger().accepted > 0 })
        return drain
    }
}
