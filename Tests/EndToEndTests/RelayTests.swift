import Foundation
import Postgres
import TestSupport
import Testing

/// A night by SMTP: the programs, a real Postfix, and the bounces that come to a real mailbox.
@Suite(
    .timeLimit(.minutes(15)),
    .enabled(if: TestMail.isThere, Comment(rawValue: TestMail.absence)))
struct RelayTests {
    private static let recipients = [
        "ok", "unknown", "full", "spam", "deferred", "refused",
        "nosuch",
    ]

    private static func run(
        _ installation: TestInstallation, _ program: String, _ arguments: String...
    ) throws
        -> ProgramRun
    {
        let password = try installation.write(TestMail.password, to: "mailbox-password")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: password)
        // Who sends reads no mailbox, and is not asked for its password.
        let key = program == "send-dispatches" ? "" : password
        return try installation.run(
            program, arguments,
            environment: [
                "BUDSTIKKE_PROVIDER_NAME": "smtp",
                "BUDSTIKKE_PROVIDER_RELAY_URL": TestMail.relayURL,
                "BUDSTIKKE_PROVIDER_RETURN_PATH": "bounces@avsender.example",
                "BUDSTIKKE_PROVIDER_MAILBOX_URL": TestMail.mailboxURL,
                "BUDSTIKKE_PROVIDER_MAILBOX_USER": TestMail.user,
                "BUDSTIKKE_PROVIDER_RECONCILE_KEY_FILE": key,
                "BUDSTIKKE_PROVIDER_TIMEOUT_SECONDS": "30",
                "BUDSTIKKE_SEND_LEASE_SECONDS": "60",
                "BUDSTIKKE_SEND_IN_DOUBT_WINDOW_SECONDS": "61",
            ])
    }

    @Test func `what becomes of each invoice is known and told`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(
            recipients: Self.recipients.map { "\($0)@kunde.example" }, retryDelays: "none")
        let made = try Self.run(installation, "generate-invoices", "--as-of", Company.smallAsOf)
        #expect(made.exitCode == 0, "\(made.errors)")
        let sent = try Self.run(installation, "send-dispatches")
        #expect(sent.exitCode == 1, "two are refused at once: \(sent.errors)")
        let isKnown = try installation.wait {
            let polled = try Self.run(installation, "reconcile-bounces")
            #expect(polled.exitCode == 0, "\(polled.errors)")
            return try installation.count(
                "SELECT count(*) AS count FROM dispatch WHERE finalized_at IS NULL") == 0
        }
        #expect(isKnown, "each has come to its end")
        let became = try installation.lines(
            """
            SELECT format('%s %s %s', split_part(recipient, '@', 1), state, delivery) AS line
            FROM dispatch WHERE purpose = 'invoice' ORDER BY recipient
            """)
        #expect(
            became == [
                "deferred sent soft_bounced", "full sent soft_bounced",
                "nosuch failed hard_bounced", "ok sent delivered", "refused failed blocked",
                "spam sent blocked", "unknown sent hard_bounced",
            ])
        #expect(
            try installation.count("SELECT count(*) AS count FROM todo WHERE closed_at IS NULL")
                == 6)
        #expect(
            try installation.lines(
                """
                SELECT format('%s %s %s', split_part(recipient, '@', 1), n.kind, d.message) AS line
                FROM notification AS n JOIN dispatch AS d USING (tenant_id, dispatch_id)
                WHERE d.state = 'failed' ORDER BY recipient
                """) == [
                    "nosuch hard_bounced Hard-bounce: User unknown",
                    "refused blocked Email was blocked",
                ])
        let todo = try Self.run(installation, "budstikke", "todo")
        #expect(todo.output.contains("Hard-bounce: User unknown"), "\(todo.output)")
        let doctor = try Self.run(installation, "budstikke", "doctor", "--suppressions")
        #expect(doctor.exitCode == 0, "\(doctor.output)")
        let again = try Self.run(installation, "reconcile-bounces", "--since", "2026-01-01")
        #expect(again.output.contains("\"changed\":0"), "\(again.output)\(again.errors)")
    }

    @Test func `a complaint that hides who complains suppresses whom we sent to`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok+plage@kunde.example"], retryDelays: "none")
        _ = try Self.run(installation, "generate-invoices", "--as-of", Company.smallAsOf)
        #expect(try Self.run(installation, "send-dispatches").exitCode == 0)
        let messageID = try #require(
            installation.lines("SELECT message_id AS line FROM dispatch").first)
        // Other nights' complaints lie in the mailbox too. Nobody is named here, and nothing but a
        // header of the copy says which dispatch it is.
        let report = try installation.write(Self.complaint(of: messageID), to: "complaint.eml")
        let curl = Process()
        curl.executableURL = URL(filePath: "/usr/bin/curl")
        curl.arguments = [
            "-sS", TestMail.relayURL, "--mail-from", "fbl@post.example", "--mail-rcpt",
            "bounces@avsender.example", "--upload-file", report,
        ]
        try curl.run()
        curl.waitUntilExit()
        try #require(curl.terminationStatus == 0)
        let isListed = try installation.wait {
            #expect(try Self.run(installation, "reconcile-bounces").exitCode == 0)
            return try installation.lines(
                """
                SELECT concat_ws(' ', address, list) AS line FROM suppression
                WHERE address LIKE 'ok+plage@%'
                """
            ) == ["ok+plage@kunde.example complaints"]
        }
        #expect(isListed)
        #expect(
            try installation.lines("SELECT concat_ws(' ', delivery, message) AS line FROM dispatch")
                == ["blocked Email was blocked"])
        #expect(
            try installation.count(
                """
                SELECT count(DISTINCT dispatch_id) AS count FROM delivery_event
                WHERE kind = 'complained' AND dispatch_id IS NOT NULL
                """) == 1)
    }

    private static func complaint(of messageID: String) -> String {
        """
        From: fbl@post.example\r
        To: bounces@avsender.example\r
        Subject: complaint about message\r
        MIME-Version: 1.0\r
        Content-Type: multipart/report; report-type=feedback-report; boundary=b\r
        \r
        --b\r
        Content-Type: text/plain\r
        \r
        This is an abuse report.\r
        --b\r
        Content-Type: message/feedback-report\r
        \r
        Feedback-Type: abuse\r
        User-Agent: Post/1.0\r
        Version: 1\r
        Original-Rcpt-To: 4f2a91c0@kunde.example\r
        \r
        --b\r
        Content-Type: message/rfc822\r
        \r
        From: faktura@avsender.example\r
        To: redacted@kunde.example\r
        Subject: Faktura\r
        Message-ID: \(messageID)\r
        \r
        (redacted)\r
        --b--\r

        """
    }

    /// The programs over TLS, with a log-in at both servers.
    private static func runSecured(
        _ installation: TestInstallation, _ program: String,
        password: String = TestMail.relayPassword,
        authorityFile: String = TestMail.authorityFile
    ) throws -> ProgramRun {
        func file(_ name: String, _ secret: String) throws -> String {
            let path = try installation.write(secret, to: name)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            return path
        }
        return try installation.run(
            program, program == "send-dispatches" ? ["--now"] : [],
            environment: [
                "BUDSTIKKE_PROVIDER_NAME": "smtp",
                "BUDSTIKKE_PROVIDER_RELAY_URL": TestMail.submissionURL,
                "BUDSTIKKE_PROVIDER_RELAY_USER": TestMail.relayUser,
                "BUDSTIKKE_PROVIDER_API_KEY_FILE": try file("relay-password", password),
                "BUDSTIKKE_PROVIDER_RETURN_PATH": "bounces@avsender.example",
                "BUDSTIKKE_PROVIDER_MAILBOX_URL": TestMail.mailboxTLSURL,
                "BUDSTIKKE_PROVIDER_MAILBOX_USER": TestMail.user,
                "BUDSTIKKE_PROVIDER_RECONCILE_KEY_FILE": try file("mailbox", TestMail.password),
                "BUDSTIKKE_PROVIDER_TLS": "always",
                "BUDSTIKKE_PROVIDER_AUTHORITY_FILE": authorityFile,
            ])
    }

    @Test func `a wrong password or certificate stops the run and costs no mail an attempt`()
        throws
    {
        let installation = try TestInstallation()
        try installation.importCompany(
            recipients: (0..<3).map { "ok+\($0)@kunde.example" }, retryDelays: "none")
        let made = try Self.run(installation, "generate-invoices", "--as-of", Company.smallAsOf)
        #expect(made.exitCode == 0, "\(made.errors)")
        let waiting: Query = """
            SELECT count(*) AS count FROM dispatch JOIN dispatch_queue USING (dispatch_id)
            WHERE state = 'queued' AND attempt = 0
                AND message LIKE 'Waiting for the provider since %'
            """
        let refused = try Self.runSecured(installation, "send-dispatches", password: "galt-passord")
        try #require(refused.exitCode == 77, "\(refused.output)\(refused.errors)")
        #expect(refused.errors.contains("smtp refuses the key: the relay says 535 5.7.8"))
        #expect(!(refused.errors + refused.output).contains("galt-passord"))
        #expect(try installation.count(waiting) == 3)

        // An authority of another's, as the system's own would be.
        let strangers = try installation.write(Self.strangersAuthority, to: "strangers.pem")
        let isTold = try installation.wait {
            // What was tried a moment ago is due again in one.
            let untrusted = try Self.runSecured(
                installation, "send-dispatches", authorityFile: strangers)
            guard untrusted.exitCode != 0 else { return false }
            #expect(untrusted.exitCode == 78, "\(untrusted.errors)")
            #expect(untrusted.errors.contains("the certificate of localhost is not trusted"))
            #expect(untrusted.errors.contains("provider.authority_file"))
            return true
        }
        #expect(isTold)
        #expect(try installation.count(waiting) == 3)
        let absent = try Self.runSecured(
            installation, "send-dispatches", authorityFile: "/nonexistent/authority.pem")
        #expect(absent.exitCode == 78)
        #expect(
            absent.errors.contains(
                "provider.authority_file: /nonexistent/authority.pem does not exist"))

        let isSent = try installation.wait {
            let run = try Self.runSecured(installation, "send-dispatches")
            #expect(run.exitCode == 0, "\(run.errors)")
            return try installation.count(
                "SELECT count(*) AS count FROM dispatch WHERE state = 'sent'") == 3
        }
        #expect(isSent)
        let isDelivered = try installation.wait {
            #expect(try Self.runSecured(installation, "reconcile-bounces").exitCode == 0)
            return try installation.count(
                "SELECT count(*) AS count FROM dispatch WHERE delivery = 'delivered'") == 3
        }
        #expect(isDelivered)
    }

    /// Of an authority whose key nobody has.
    private static let strangersAuthority = """
        -----BEGIN CERTIFICATE-----
        MIIBmTCCAT+gAwIBAgIUZM9qGV2EoLD3exXaWusqut8yrtYwCgYIKoZIzj0EAwIw
        ITEfMB0GA1UEAwwWQW4gYXV0aG9yaXR5IG9mIG5vYm9keTAgFw0yNjExMjQyMjU3
        MzVaGA8yMDgxMDgyNzIyNTczNVowITEfMB0GA1UEAwwWQW4gYXV0aG9yaXR5IG9m
        IG5vYm9keTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOcB4ep5JvXYLwErPUR2
        Cr/gFGW3XGT+Nt7x7W1F3bZzasobo8tfY5Z8CqT92wK/jPvvb26Vue/dZtivXnbk
        cwGjUzBRMB0GA1UdDgQWBBRO9Cxf26Tx6DHmzvNh1syusLQa1zAfBgNVHSMEGDAW
        gBRO9Cxf26Tx6DHmzvNh1syusLQa1zAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49
        BAMCA0gAMEUCIAbDGCIiUawrcNnfJpixVpz07SlpqI8+1BBGYuFeRVDrAiEA+UMD
        Ury4Y8CfsKLHe7mvsy7vYkLm4zD94nMHl4Ga+fw=
        -----END CERTIFICATE-----
        """
}
