package import Bounces
import Invoicing

/// A no to a submission: whom it is about, and why, in the provider's words.
///
/// Whom it is about decides what becomes of the dispatch and of the run. Only a no to the message
/// or to its recipient ends a dispatch; what concerns the sender, the account or the provider says
/// nothing of the customer, so the dispatch waits. Which codes and words say which, each provider
/// has in a table of its own, from the vendor's documentation.
package struct Refusal: Hashable, Sendable {
    /// Whom a no is about.
    package enum Subject: String, Sendable, CaseIterable {
        /// This message: its size, its content, its form.
        case message
        /// This recipient.
        case recipient
        /// The sender of this tenant's messages: not verified, not confirmed.
        case sender
        /// Our account: its key, its credit, its limits, its set-up.
        case account
        /// The provider itself: it can't be reached, is down, asks to wait.
        case provider
        /// The table does not know: the message's until it repeats.
        case unknown
    }

    /// What it is about, as far as it is known.
    package enum Cause: String, Sendable, CaseIterable {
        /// The message as it is will never be taken.
        case content
        /// A mail server's no on the spot, as a bounce would say it; `evidence` has it (SMTP).
        case bounced
        /// The address stands on the provider's suppression list.
        case suppressed
        /// This message may be taken later, and others may be now: greylisting, a busy mailbox.
        case notYet
        /// No connection, no name, no TLS.
        case unreachable
        /// It says that it is down.
        case down
        /// It asks to wait: too many requests.
        case busy
        /// A limit of the plan or the credit is used up.
        case exhausted
        /// The key, the log-in or our address is refused.
        case unauthorized
        /// The account is suspended, or a sender or domain of it is not approved.
        case notAllowed
        /// What was asked for does not exist there: domain, stream, path; a setting is wrong.
        case misconfigured
        /// The server can't prove who it is, or offers no TLS: nothing is said to it.
        case untrusted
        /// A no that is in no table.
        case unknown
    }

    package var subject: Subject
    package var cause: Cause
    /// The provider's words on one line, without secrets.
    package var reason: String
    /// How long the provider asks to wait, however long that is; nil where it does not say.
    package var retryAfterSeconds: Int?
    /// What a bounce would have said; only with the cause bounced.
    package var evidence: BounceEvidence?

    package init(
        _ subject: Subject, _ cause: Cause, _ reason: String, retryAfterSeconds: Int? = nil,
        evidence: BounceEvidence? = nil
    ) {
        self.subject = subject
        self.cause = cause
        self.reason = reason
        self.retryAfterSeconds = retryAfterSeconds
        self.evidence = evidence
    }

    /// Whether the dispatch ends by it, or is retried by its send plan: the provider has judged
    /// this very message.
    package var isVerdict: Bool {
        (subject == .message || subject == .recipient) && cause != .notYet
    }
}

extension Refusal {
    /// The words with what differs from message to message taken out: digits, addresses, ids.
    ///
    /// Two messages that meet the same no have the same signature.
    package var signature: String {
        let words = reason.lowercased().split(separator: " ").map { word in
            let isID = word.count > Self.codeCharactersMax && word.contains { $0.isNumber }
            return isID || word.contains("@") ? "#" : word
        }
        return words.joined(separator: " ")
    }

    /// A longer word with a digit in it is an id or a time; a shorter one a code, which counts.
    private static let codeCharactersMax = 8
}
