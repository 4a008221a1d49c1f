import Foundation
import Postgres
import TestSupport
import Testing

/// Senders that sleep, and machines whose clocks are wrong: nothing is sent twice, nothing is lost.
struct ClockTests {
    private static let recipients = (1...60).map { "ok-\($0)@kunde.test" }

    @Test func `a sender that was paused beyond lease and window sends nothing of another's`()
        throws
    {
        let installation = try Self.queued(["--latency-ms", "150"])
        let paused = RunningProgram(
            "send-dispatches", installation.arguments([]),
            environment: ["BUDSTIKKE_PROVIDER_CONCURRENCY": "4"])
        try paused.start()
        #expect(try installation.wait { try installation.ledger().accepted > 4 })
        paused.send(SIGSTOP)
        // Another machine takes over: the leases run out, the window passes, all is sent.
        try installation.drainAtOnce()
        let held = try installation.count("SELECT count(*) AS count FROM dispatch_lease")
        #expect(held == 0, "nothing is in doubt any more")
        paused.send(SIGCONT)
        _ = paused.wait()
        try installation.drainAtOnce()
        try installation.settle()
        #expect(try installation.problems(invoices: Self.recipients.count) == [])
        #expect(try installation.ledger().distinct_dispatch_ids == Self.recipients.count)
    }

    @Test(.enabled(if: fakeTime != nil, "libfaketime is not installed"), arguments: ["+3h", "-3h"])
    func `a machine whose clock is wrong doubles no doubt`(_ offset: String) throws {
        // What the provider has taken can be seen there after a while only.
        let installation = try Self.queued(["--event-delay-ms", "2500"])
        try installation.order(fault: "close_after_accept", at: "send", count: 10)
        // With this library before it, libyaml reads nothing: all is said by the environment.
        let skewed = [
            "LD_PRELOAD": try #require(Self.fakeTime), "FAKETIME": offset,
            "DONT_FAKE_MONOTONIC": "1", "BUDSTIKKE_DATABASE": installation.database.conninfo,
            "BUDSTIKKE_PROVIDER_BASE_URL": installation.providerURL,
            "BUDSTIKKE_PROVIDER_API_KEY_FILE": installation.folder.appending(path: "key").path(),
            "BUDSTIKKE_PROVIDER_TIMEOUT_SECONDS": "2", "BUDSTIKKE_SEND_LEASE_SECONDS": "3",
            "BUDSTIKKE_SEND_IN_DOUBT_GRACE_SECONDS": "1",
            "BUDSTIKKE_SEND_IN_DOUBT_WINDOW_SECONDS": "4",
            "BUDSTIKKE_MAIL_FROM_ADDRESS": "faktura@budstikke.test",
            "BUDSTIKKE_LOG_LEVEL": "error",
        ]
        let first = try installation.run("send-dispatches", [], environment: skewed)
        #expect(first.exitCode == 0, "\(first.errors)")
        let inDoubt = try installation.count(
            "SELECT count(*) AS count FROM dispatch WHERE state = 'in_doubt'")
        #expect(inDoubt == 10)
        let isResolved = try installation.wait {
            _ = try installation.run("send-dispatches", ["--now"], environment: skewed)
            return try installation.count(
                "SELECT count(*) AS count FROM dispatch WHERE state = 'sent'")
                == Self.recipients.count
        }
        #expect(isResolved)
        #expect(try installation.ledger().accepted == Self.recipients.count)
        #expect(try installation.ledger().doubled_dispatch_ids.isEmpty)
        #expect(try installation.run("budstikke", "doctor", "--offline").exitCode == 0)
    }

    static let fakeTime: String? = ["x86_64", "aarch64"]
        .map { "/usr/lib/\($0)-linux-gnu/faketime/libfaketime.so.1" }
        .first { FileManager.default.fileExists(atPath: $0) }

    private static func queued(_ arguments: [String]) throws -> TestInstallation {
        let installation = try TestInstallation(arguments: arguments)
        try installation.importCompany(recipients: recipients)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        return installation
    }
}
