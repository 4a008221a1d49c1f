import Foundation
import Postgres
import TestSupport
import Testing

/// Over SMTP: what the relay says of our account is no customer's bounce.
struct RelayAccountTests {
    private static let recipients = (1...12).map { "ok-\($0)@kunde.test" }

    @Test(arguments: [
        ("RCPT", "550 5.7.64 TenantAttribution; Relay Access Denied", Int32(77)),
        ("MAIL", "554 5.7.0 Sending suspended for this account", 77),
        ("RCPT", "550 5.4.5 Daily user sending quota exceeded", 75),
        (
            ".",
            "550 5.4.6 Unusual sending rate detected: you have reached a limit for sending mail", 75
        ),
        (".", "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException", 75),
        ("MAIL", "550 5.7.30 Basic authentication is not supported for Client Submission", 77),
        ("MAIL", "525 5.7.13 Unauthorised IP address", 77),
        ("HELLO", "421 4.3.2 Service not available", 69),
        ("MAIL", "421 4.7.0 Too many messages, try again later", 75),
    ])
    func `what a relay says of the account is nobody's failure`(
        _ command: String, _ reply: String, _ exit: Int32
    ) throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: Self.recipients)
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let relay = StubRelay { said, _ in said.hasPrefix(command) ? .say(reply) : nil }
        let run = try Self.send(installation, relay)
        #expect([exit].contains(run.exitCode) || exit == 69 && run.exitCode == 75, "\(run.errors)")
        #expect(run.errors.contains(String(reply.prefix(3))), "\(run.errors)")
        let standing = try installation.lines(
            "SELECT format('%s %s %s', state, delivery, attempt) AS line FROM dispatch GROUP BY 1")
        #expect(standing == ["queued unknown 0"])
        #expect(try installation.count("SELECT count(*) AS count FROM todo") == 0)

        let sound = StubRelay()
        let isSent = try installation.wait {
            _ = try Self.send(installation, sound)
            return sound.taken.count == Self.recipients.count
        }
        #expect(isSent)
        #expect(Set(sound.taken.map(\.recipient)).count == Self.recipients.count)
    }

    private static func send(_ installation: TestInstallation, _ relay: StubRelay) throws
        -> ProgramRun
    {
        try installation.run(
            "send-dispatches", ["--now"],
            environment: [
                "BUDSTIKKE_PROVIDER_NAME": "smtp",
                "BUDSTIKKE_PROVIDER_RELAY_URL": relay.url,
                "BUDSTIKKE_PROVIDER_RETURN_PATH": "bounces@avsender.example",
                "BUDSTIKKE_PROVIDER_MAILBOX_URL": "imap://127.0.0.1:9/INBOX",
                "BUDSTIKKE_PROVIDER_MAILBOX_USER": "bounces",
            ])
    }
}
