import Bounces
import Dispatching
import FoundationEssentials
import Invoicing
import Transport

/// Whom a relay's no is about: our account there, the relay itself, this message or this recipient.
///
/// A relay says all of it in the same place, most often at RCPT, so the code decides only where
/// the words do not: what it says of *our account* must never be the customer's bounce, and what
/// it says of the recipient must be one. The rows are in `RelayRefusals+Account` and beneath.
/// Source: RFC 3463, RFC 4954, RFC 5248 and the documentation of Postfix, Exim, sendmail, Exchange
/// Online, Google Workspace, Amazon SES, SendGrid, SparkPost, Mailgun, Brevo and cPanel.
enum RelayRefusals {
    typealias Stage = SMTPFailure.Stage

    /// What a no means.
    ///
    /// `line` is the reply as people read it; `evidence` what a bounce would say.
    static func refusal(
        _ reply: SMTPReply, at stage: Stage, _ line: String, evidence: BounceEvidence, now: Date
    ) -> Refusal {
        let row = row(reply, at: stage)
        var refusal = row.refusal(
            line, retryAfterSeconds: RetryAfter.seconds(inWords: reply.text, now: now))
        if row.cause == .bounced { refusal.evidence = evidence }
        return refusal
    }

    private static func row(_ reply: SMTPReply, at stage: Stage) -> RefusalRow {
        func first(_ rows: [RefusalRow]) -> RefusalRow? {
            rows.row(code: reply.code, enhanced: reply.enhancedCode, words: reply.text)
        }
        // Before there is a recipient nothing is about one.
        if stage == .connection || stage == .sender {
            return first(anywhere) ?? first(beforeRecipient)
                ?? first(stage == .connection ? connection : sender)
                ?? RefusalRow(.unknown, .unknown)
        }
        // What another server said to the relay is about the recipient, whatever its words are.
        if first(quoted) == nil, let row = first(anywhere) { return row }
        return reply.isTransient
            ? first(later) ?? RefusalRow(.recipient, .notYet)
            : first(never) ?? RefusalRow(.recipient, .bounced)
    }

    /// Words by which a relay tells what another server said (Postfix, Exim, sendmail).
    private static let quoted = [
        RefusalRow(
            .recipient, .bounced,
            words: [
                " said: ", "(in reply to ", "response to \"rcpt", "response to rcpt",
                "remote host said", "undeliverable address: host", "callout verification",
            ])
    ]

    /// At the greeting, at EHLO, STARTTLS and AUTH: the server does not want us, or not now.
    private static let connection = [
        // RFC 4954 § 6, RFC 3207: log in, or TLS, first.
        RefusalRow(.provider, .down, codes: [432, 454, 455]),
        RefusalRow(.provider, .down, enhanced: ["4.3.0", "4.3.1", "4.3.2", "4.3.5"]),
        RefusalRow(.provider, .down, words: ["service not available", "shutting down"]),
        RefusalRow(.provider, .busy, codes: Set(400...499)),
        RefusalRow(.account, .unauthorized, codes: Set(500...599)),
    ]

    /// At MAIL: our return path, our account or the relay itself.
    private static let sender = [
        RefusalRow(.message, .content, codes: [552]),
        RefusalRow(.message, .content, enhanced: ["5.3.4", "5.2.3"]),
        // RFC 5321 § 4.2.2: out of storage, local error.
        RefusalRow(.provider, .down, codes: [451, 452], enhanced: ["4.3.0", "4.3.1", "4.3.2"]),
        RefusalRow(.provider, .busy, codes: Set(400...499)),
    ]

    /// Once there is a recipient, a reply of 4xx is this message's, later; but for the relay's own
    /// state (RFC 3463 § 3.4) and its hanging up.
    private static let later = [
        RefusalRow(.recipient, .notYet, words: ["greylist", "graylist", "grey list", "gray list"]),
        RefusalRow(.provider, .down, enhanced: ["4.3.1", "4.3.2", "4.3.5"]),
        RefusalRow(.provider, .down, words: ["shutting down", "insufficient system"]),
        RefusalRow(.provider, .busy, codes: [421]),
    ]

    /// Once there is a recipient, a reply of 5xx is a bounce on the spot; but for a message that
    /// is too large for the relay.
    private static let never = [
        RefusalRow(.message, .content, enhanced: ["5.3.4"]),
        RefusalRow(
            .message, .content, codes: [552],
            words: ["message size exceeds", "message too large", "message too big"]),
    ]
}
