package import Bounces
import Foundation
import Testing

/// A mail that was misread once, and what the reader must make of it; its text stands in the
/// reference data, with marks for what is another's each time.
package struct MailCase: Sendable, CustomTestStringConvertible {
    package var name: String
    package var delivery: Delivery
    package var reason: BounceReason?
    package var recipient = Self.recipient
    package var isKnown = true

    package var testDescription: String { name }

    package static let absence: String = "no cases of mail in BUDSTIKKE_REFERENCE_DATA"
    package static var isThere: Bool { ReferenceData.has("cases/mail") }

    /// Whom our mail was for.
    package static let recipient = "ap@kunde.example"

    package static let all = [
        MailCase(name: "01-action-error", delivery: .hardBounced, reason: .domainUnknown),
        MailCase(name: "02-action-failure", delivery: .softBounced, reason: .messageTooBig),
        MailCase(name: "04-jmrp-classic", delivery: .blocked, reason: .complaint),
        MailCase(name: "05-own-copy-dma", delivery: .hardBounced, reason: .userUnknown),
        MailCase(
            name: "07-own-copy-authentication-results", delivery: .hardBounced,
            reason: .userUnknown),
        MailCase(
            name: "09-reason-before-address", delivery: .hardBounced, reason: .mailboxDisabled),
        MailCase(name: "11-delay-taken-for-bounce", delivery: .deferred),
        MailCase(name: "12a-forward-delivered", delivery: .delivered),
        MailCase(
            name: "12b-forward-fails", delivery: .hardBounced, reason: .userUnknown,
            recipient: "privat@annet.test"),
        MailCase(
            name: "14-complaint-of-a-newsletter", delivery: .blocked, reason: .complaint,
            isKnown: false),
        MailCase(
            name: "15-complaint-forged", delivery: .blocked, reason: .complaint, isKnown: false),
        MailCase(name: "17a-no-action-field", delivery: .hardBounced, reason: .userUnknown),
        MailCase(name: "17c-report-as-text-plain", delivery: .hardBounced, reason: .userUnknown),
        MailCase(
            name: "19-report-wrapped-by-a-gateway", delivery: .hardBounced, reason: .userUnknown),
        MailCase(name: "20a-delivered", delivery: .delivered),
        MailCase(
            name: "20b-stray-report-with-nothing-of-ours", delivery: .hardBounced,
            reason: .userUnknown, isKnown: false),
        MailCase(
            name: "21-prvs-tag-no-copy", delivery: .hardBounced, reason: .userUnknown,
            recipient: "annen@kunde.test"),
    ]

    /// What a robot says, and is no report.
    package static let autoReplies = [
        "22-absence-encoded-subject", "23-auto-reply-from-postmaster",
    ]

    /// What a mail of ours has of its own.
    package struct Sent: Sendable {
        package var recipient: String
        package var messageID: String
        package var mark: String
        package var returnPath: String

        package init(recipient: String, messageID: String, mark: String, returnPath: String) {
            self.recipient = recipient
            self.messageID = messageID
            self.mark = mark
            self.returnPath = returnPath
        }
    }

    /// The text of a case, as if it had come back of that mail.
    package static func text(_ name: String, of sent: Sent) throws -> String {
        guard let url = ReferenceData.url("cases/mail/\(name).eml") else {
            throw CocoaError(.fileNoSuchFile)
        }
        return try String(contentsOf: url, encoding: .utf8)
            .replacing("@RCPT@", with: sent.recipient).replacing("@MID@", with: sent.messageID)
            .replacing("@VERP@", with: sent.returnPath).replacing("@MARK@", with: sent.mark)
            .replacing("@N@", with: "7")
    }

    /// The names of all that there are.
    package static func names() throws -> [String] {
        guard let folder = ReferenceData.url("cases/mail") else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path())
            .filter { $0.hasSuffix(".eml") }.map { String($0.dropLast(4)) }.sorted()
    }
}
