import Wire
import Bounces
import Dispatching
import Documents
import Foundation
import Invoicing
import Logging
import Postgres
import Runtime
import Store
import TestSupport
import Testing

@testable import UseCases
@testable import Providers

/// The invoices of a company that sends by a relay, and the mailbox that their reports come to.
struct BounceWorld {
    static let address = "bounces@eksempel.no"

    let invoices = Result { try SentInvoices(provider: "smtp") }
    let key: MarkKey
    let path: ReturnPath
    /// When every mail came: a mailbox keeps that, however often it is read.
    let came = Date(timeIntervalSince1970: (Date.now.timeIntervalSince1970 - 60).rounded(.down))

    init() throws {
        // Marks have been signed since long before anything was sent.
        _ = try invoices.get().connection.execute(
            "UPDATE mark_key SET made_at = made_at - interval '1 year'")
        key = MarkKey(try MarkKeys(invoices.get().connection).key())
        path = try ReturnPath(try #require(EmailAddress(Self.address)), key: key)
    }

    func send(to recipient: String, attempts: Int = 1) throws -> SentInvoices.Sent {
        try invoices.get().send(to: recipient, attempts: attempts)
    }

    func mark(_ sent: SentInvoices.Sent, attempt: Int = 1) -> String {
        key.text(VERPToken(tenantID: 1, dispatchID: sent.id, attempt: attempt))
    }

    func returnPath(_ sent: SentInvoices.Sent, attempt: Int = 1) -> String {
        path.address(mark(sent, attempt: attempt))
    }

    /// Reads a mailbox with these mails in it, in the order that they came.
    @discardableResult
    func reconcile(_ mails: [String], tenantID: Int64? = nil) throws -> RunSummary {
        let connection = try invoices.get().connection
        let date = Self.internalDate(came)
        let box = StubMailbox {
            mails.enumerated().map { index, text in
                StubMailbox.Mail(
                    uid: index + 1, date: date,
                    text: text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n"))
            }
        }
        let (url, marks) = (box.url, try MailAccount.Marks(connection))
        var settings = Settings()
        settings.provider.vendor = .success(.test(.smtp))
        return try ReconcileBounces(
            connection: connection,
            context: RunContext(
                settings: settings, log: Logger(label: "test"), tenantID: tenantID)
        ) { try Self.provider(mailbox: url, marks) }.run()
    }

    static func provider(
        mailbox: String, _ marks: MailAccount.Marks
    ) throws -> SMTPRelayProvider {
        try SMTPRelayProvider(
            .test(mailboxURL: mailbox, returnPath: Self.address),
            messageBytesMax: 10_240_000, .test(markKey: marks.key),
            .test(now: { Date.now + 2 }))
    }

    private static func internalDate(_ date: Date) -> String {
        let parts = date.ISO8601Format().split { "-T:Z".contains($0) }.map(String.init)
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let month = months[(Int(parts[1]) ?? 1) - 1]
        return "\(parts[2])-\(month)-\(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) +0000"
    }
}

/// The mails that tell what became of others.
extension BounceWorld {
    static func report(
        to path: String, about recipient: String, _ action: String, _ status: String,
        _ words: String, header: String = ""
    ) -> String {
        """
        Return-Path: <>
        Delivered-To: \(path)
        From: MAILER-DAEMON@mx.kunde.test (Mail Delivery System)
        Subject: Delivery report
        Message-ID: <\(UUID())@mx.kunde.test>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        What became of your message is said below.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.kunde.test

        Final-Recipient: rfc822; \(recipient)
        Action: \(action)
        Status: \(status)
        Diagnostic-Code: smtp; \(words)

        --b
        Content-Type: text/rfc822-headers

        Subject: Faktura
        \(header)
        --b--

        """
    }

    static func complaint(of recipient: String, header: String) -> String {
        """
        From: fbl@post.example
        To: \(address)
        Subject: complaint about message
        Message-ID: <\(UUID())@post.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="b"

        --b
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        Version: 1
        Original-Rcpt-To: \(recipient)

        --b
        Content-Type: message/rfc822

        Subject: Tilbud
        \(header)

        Hei
        --b--

        """
    }

    static func delivered(_ sent: SentInvoices.Sent, to path: String) -> String {
        report(to: path, about: sent.recipient, "delivered", "2.0.0", "250 2.0.0 OK")
    }
}
