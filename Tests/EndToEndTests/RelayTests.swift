import Foundation
import Postgres
import TestSupport
import Testing

/// A night by SMTP: the programs, a real Postfix, and the bounces that come to a real mailbox.
@Suite(
    .timeLimit(.minutes(15)),
    .enabled(if: TestMail.isThere, Comment(rawValue: TestMail.absence)))
struct RelayTests {
    private static let recipients = ["ok", "unknown", "full", "spam", "deferred", "refused"]

    private static func run(_ night: Night, _ program: String, _ arguments: String...) throws
        -> ProgramRun
    {
        let password = try night.write(TestMail.password, to: "mailbox-password")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: password)
        return try night.run(
            program, arguments,
            environment: [
                "BUDSTIKKE_PROVIDER_NAME": "smtp",
                "BUDSTIKKE_PROVIDER_RELAY_URL": TestMail.relayURL,
                "BUDSTIKKE_PROVIDER_RETURN_PATH": "bounces@avsender.example",
                "BUDSTIKKE_PROVIDER_MAILBOX_URL": TestMail.mailboxURL,
                "BUDSTIKKE_PROVIDER_MAILBOX_USER": TestMail.user,
                "BUDSTIKKE_PROVIDER_RECONCILE_KEY_FILE": password,
                "BUDSTIKKE_PROVIDER_TIMEOUT_SECONDS": "30",
                "BUDSTIKKE_SEND_LEASE_SECONDS": "60",
            ])
    }

    @Test func `what becomes of each invoice is known and told`() throws {
        let night = try Night()
        try night.importCompany(
            recipients: Self.recipients.map { "\($0)@kunde.example" }, retryDelays: "none")
        let made = try Self.run(night, "generate-invoices", "--as-of", Company.smallAsOf)
        #expect(made.exitCode == 0, "\(made.errors)")
        let sent = try Self.run(night, "send-dispatches")
        #expect(sent.exitCode == 1, "one is refused at once: \(sent.errors)")
        let isKnown = try night.wait {
            let polled = try Self.run(night, "reconcile-bounces")
            #expect(polled.exitCode == 0, "\(polled.errors)")
            return try night.count(
                "SELECT count(*) AS count FROM dispatch WHERE finalized_at IS NULL") == 0
        }
        #expect(isKnown, "each has come to its end")
        let became = try night.lines(
            """
            SELECT format('%s %s %s', split_part(recipient, '@', 1), state, delivery) AS line
            FROM dispatch WHERE purpose = 'invoice' ORDER BY recipient
            """)
        #expect(
            became == [
                "deferred sent soft_bounced", "full sent soft_bounced", "ok sent delivered",
                "refused failed unknown", "spam sent blocked", "unknown sent hard_bounced",
            ])
        #expect(try night.count("SELECT count(*) AS count FROM todo WHERE closed_at IS NULL") == 5)
        let doctor = try Self.run(night, "budstikke", "doctor", "--suppressions")
        #expect(doctor.exitCode == 0, "\(doctor.output)")
        let again = try Self.run(night, "reconcile-bounces", "--since", "2026-01-01")
        #expect(again.output.contains("\"changed\":0"), "\(again.output)\(again.errors)")
    }
}
