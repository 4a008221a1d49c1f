import Foundation
import Postgres
import TestSupport
import Testing

/// Trouble with the provider that is told by exit codes: a key that it refuses, a certificate that
/// nobody trusts.
///
/// What follows from it for the mail is tested at the use cases.
struct ProviderTroubleTests {
    private static let secret = "SG.a-secret-that-nobody-sees"

    private static func queued() throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: (1...20).map { "ok-\($0)@kunde.test" })
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let key = installation.folder.appending(path: "key")
        try FileHandle(forWritingTo: key).write(contentsOf: Data(secret.utf8))
        return installation
    }

    private static func expectRefusal(_ run: ProgramRun) {
        #expect(run.exitCode == 77, "\(run.errors)")
        #expect(run.errors.contains("refuses the key"))
        #expect(run.errors.contains("provider.api_key_file"), "what to look at")
        #expect(!(run.errors + run.output).contains(secret))
    }

    @Test func `a refused key costs no attempt and is said with what to do`() throws {
        let installation = try Self.queued()
        for endpoint in ["send", "lists"] {
            try installation.order(fault: "unauthorized", at: endpoint, count: 1_000)
        }
        Self.expectRefusal(try installation.run("send-dispatches"))
        let attempts = try installation.count("SELECT sum(attempt)::bigint AS count FROM dispatch")
        #expect(attempts == 0)

        // Every run says so until somebody has mended it, and hammers nobody.
        let asked = try installation.seen("send")
        Self.expectRefusal(try installation.run("send-dispatches", "--as-of", Company.smallAsOf))
        #expect(try installation.seen("send") == asked, "it is left alone for now")
        Self.expectRefusal(try installation.run("reconcile-bounces"))

        try installation.forgetFaults()
        try installation.drainAtOnce()
        #expect(try installation.ledger().accepted == 20)
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
        let attempts = try installation.count("SELECT sum(attempt)::bigint AS count FROM dispatch")
        #expect(attempts == 0)
        try installation.drainAtOnce()
    }
}
