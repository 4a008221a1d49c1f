import Foundation
import Postgres
import TestSupport
import Testing

/// A key that the provider refuses: nothing is spent, and the person is told what to do.
struct RefusedKeyTests {
    @Test func `a refused key costs no attempt and is said with what to do`() throws {
        let installation = try Self.queued()
        try installation.order(fault: "unauthorized", at: "send", count: 1_000)
        let run = try installation.run("send-dispatches")
        Self.expectRefusal(run)
        let attempts = try installation.count("SELECT sum(attempt)::bigint AS count FROM dispatch")
        #expect(attempts == 0)
        #expect(try installation.count("SELECT count(*) AS count FROM dispatch_queue") == 20)
        #expect(try installation.count("SELECT count(*) AS count FROM dispatch_lease") == 0)

        // Every run says so until somebody has mended it, and hammers nobody.
        let asked = try installation.seen("send")
        let soon = try installation.run("send-dispatches", "--as-of", Company.smallAsOf)
        Self.expectRefusal(soon)
        #expect(try installation.seen("send") == asked, "it is left alone for now")

        try installation.forgetFaults()
        try installation.drainAtOnce()
        #expect(try installation.ledger().accepted == 20)
        #expect(try installation.ledger().doubled_dispatch_ids.isEmpty)
    }

    @Test(arguments: ["lists", "logs"])
    func `a key that may not read is said by reconcile-bounces`(_ endpoint: String) throws {
        let installation = try Self.queued()
        try installation.order(fault: "unauthorized", at: endpoint, count: 1_000)
        Self.expectRefusal(try installation.run("reconcile-bounces"))
    }

    @Test func `a doubt that the key may not ask about is not passed over in silence`() throws {
        let installation = try Self.queued()
        try installation.order(fault: "status_503", at: "send", count: 20)
        _ = try installation.run("send-dispatches")
        try installation.order(fault: "unauthorized", at: "logs", count: 1_000)
        let isAsked = try installation.wait {
            let run = try installation.run("send-dispatches")
            if run.exitCode == 77 { Self.expectRefusal(run) }
            return run.exitCode == 77
        }
        #expect(isAsked, "the grace is over, and nobody may ask")
        let doubts = try installation.count(
            "SELECT count(*) AS count FROM dispatch WHERE state = 'in_doubt'")
        #expect(doubts == 20, "nobody guesses")
    }

    private static func queued() throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: (1...20).map { "ok-\($0)@kunde.test" })
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let key = installation.folder.appending(path: "key")
        try FileHandle(forWritingTo: key).write(contentsOf: Data(secret.utf8))
        return installation
    }

    private static let secret = "SG.a-secret-that-nobody-sees"

    private static func expectRefusal(_ run: ProgramRun) {
        #expect(run.exitCode == 77, "\(run.errors)")
        #expect(run.errors.contains("refuses the key"))
        #expect(run.errors.contains("provider.api_key_file"), "what to look at")
        #expect(!(run.errors + run.output).contains(secret))
    }
}
