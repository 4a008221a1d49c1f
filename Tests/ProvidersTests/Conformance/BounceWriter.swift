import Dispatching
import Foundation
import TestSupport

/// Writes the mails that servers would send back about a message, by the word of its recipient.
struct BounceWriter {
    private let taken: StubRelay.Taken
    private let word: String

    init(_ taken: StubRelay.Taken) {
        self.taken = taken
        word = taken.recipient.split { "+@".contains($0) }.first.map { $0.lowercased() } ?? ""
    }

    var mails: [String] {
        switch word {
        case "ok": [delivered]
        case "unknown": [report("failed", "5.1.1", "550 5.1.1 User unknown")]
        case "invalid": [report("failed", "5.1.3", "553 5.1.3 Bad recipient address syntax")]
        case "full", "softonce": [report("failed", "5.2.2", "552 5.2.2 Mailbox full")]
        case "down": [report("failed", "4.4.1", "connect to mx: Connection refused", "x-relay")]
        case "toolarge": [report("failed", "5.3.4", "552 5.3.4 Message too big")]
        case "blocked": [report("failed", "5.7.1", "554 5.7.1 Refused by local policy")]
        case "spam": [delivered, complaint]
        case "deferred": [report("delayed", "4.2.1", "450 4.2.1 Try again later"), delivered]
        default: []
        }
    }

    private var delivered: String { report("relayed", "2.0.0", "250 2.0.0 Ok") }

    /// The message's own header, as RFC 3462 gives it back.
    private var header: String {
        let text = String(decoding: taken.message, as: UTF8.self)
        return text.components(separatedBy: "\r\n\r\n").first ?? ""
    }

    func report(
        _ action: String, _ status: String, _ words: String, _ kind: String = "smtp"
    ) -> String {
        multipart(
            "delivery-status",
            [
                "Reporting-MTA: dns; relay.example", "",
                "Final-Recipient: rfc822; \(taken.recipient)",
                "Action: \(action)", "Status: \(status)", "Diagnostic-Code: \(kind); \(words)",
            ])
    }

    var complaint: String {
        multipart(
            "feedback-report",
            [
                "Feedback-Type: abuse", "User-Agent: sandbox", "Version: 1",
                "Original-Rcpt-To: <\(taken.recipient)>",
            ])
    }

    private func multipart(_ kind: String, _ fields: [String]) -> String {
        let lines =
            [
                "Return-Path: <>", "Delivered-To: \(taken.sender)",
                "From: MAILER-DAEMON@relay.example", "Subject: Report", "MIME-Version: 1.0",
                "Content-Type: multipart/report; report-type=\(kind); boundary=\"=_b\"", "",
                "--=_b", "Content-Type: text/plain", "", "See below.", "--=_b",
                "Content-Type: message/\(kind)", "",
            ] + fields + [
                "", "--=_b", "Content-Type: text/rfc822-headers", "", header, "", "--=_b--", "",
            ]
        return lines.joined(separator: "\r\n")
    }
}
