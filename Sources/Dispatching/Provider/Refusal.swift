package import Bounces
import Invoicing

/// A refused submission: to whom the refusal applies, and why, in the provider's words.
///
/// To whom it applies decides about the dispatch and the run. Only a refusal of the message or its
/// recipient ends a dispatch; one of the sender, the account or the provider says nothing about the
/// customer, so the dispatch waits. Each provider has its own table of codes and words, from the
/// vendor's documentation.
package struct Refusal: Hashable, Sendable {
    /// To whom a refusal applies.
    package enum Subject: String, Sendable, CaseIterable {
        /// This message: its size, its content, its format.
        case message
        /// This recipient's address.
        case recipient
        /// The sender of this tenant's messages: not verified, not confirmed.
        case sender
        /// Our account: its key, its credit, its limits, its configuration.
        case account
        /// The provider itself: unreachable, down, or asking to wait.
        case provider
        /// In no table: assumed to be the message, until it repeats.
        case unknown
    }

    /// The cause of a refusal, as far as it is known.
    package enum Cause: String, Sendable, CaseIterable {
        /// The message will never be accepted as it is.
        case content
        /// A mail server's immediate rejection, like a bounce; the details are in `evidence`
        /// (SMTP).
        case bounced
        /// The address is on the provider's suppression list.
        case suppressed
        /// This message may be accepted later, and others may be now: greylisting, a busy mailbox.
        case notYet
        /// No connection, no name resolution or no TLS.
        case unreachable
        /// The provider reports an outage.
        case down
        /// The provider asks to wait: too many requests.
        case busy
        /// A limit of the plan or the credit is used up.
        case exhausted
        /// The key, the login or our IP address is rejected.
        case unauthorized
        /// The account is suspended, or one of its senders or domains is not approved.
        case notAllowed
        /// Something does not exist there: a domain, stream or path; a setting is wrong.
        case misconfigured
        /// The server's identity can't be verified, or it offers no TLS: nothing is sent to it.
        case untrusted
        /// A refusal that is in no table.
        case unknown
    }

    package var subject: Subject
    package var cause: Cause
    /// The provider's words on one line, without secrets.
    package var reason: String
    /// How many seconds the provider asks to wait, however many; nil where it does not say.
    package var retryAfterSeconds: Int?
    /// What a bounce would have reported; nil unless the cause is `bounced`.
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

    /// Whether the dispatch ends by it, or is retried by its send plan, since the provider has
    /// decided on this very message.
    package var isVerdict: Bool {
        (subject == .message || subject == .recipient) && cause != .notYet
    }
}

extension Refusal {
    /// The words without what differs from message to message: digits, addresses, ids.
    ///
    /// Two messages with the same refusal have the same signature.
    package var signature: String {
        let words = reason.lowercased().split(separator: " ").map { word in
            let isID = word.count > Self.codeCharactersMax && word.contains { $0.isNumber }
            return isID || word.contains("@") ? "#" : word
        }
        return words.joined(separator: " ")
    }

    /// A longer word with a digit in it is an id or a time; a shorter one is a code, and is kept.
    private static let codeCharactersMax = 8
}
