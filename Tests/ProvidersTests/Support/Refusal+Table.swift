import Dispatching
import Foundation
import Invoicing

extension Refusal {
    /// Whom it is about, and why: `account/exhausted`.
    var place: String { "\(subject)/\(cause)" }
}

extension SubmitOutcome {
    /// The no, where it is one.
    var refusal: Refusal? {
        guard case .refused(let refusal) = self else { return nil }
        return refusal
    }
}

extension LookupQuery {
    /// What is known of a message that was sent at an instant.
    static func sample(_ message: OutgoingMessage, attemptedAt: Date = .now) -> LookupQuery {
        LookupQuery(
            dispatchID: message.dispatchID, recipient: message.to.address,
            messageID: message.messageID, subject: message.subject, attemptedAt: attemptedAt,
            ageSeconds: Date.now.timeIntervalSince(attemptedAt))
    }
}
