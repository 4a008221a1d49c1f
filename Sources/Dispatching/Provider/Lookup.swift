package import FoundationEssentials
import Invoicing
package import Wire

/// What is known of a submission in doubt.
///
/// Its times go by the database's clock.
package struct LookupQuery: Hashable, Sendable {
    package var dispatchID: UUID
    package var recipient: EmailAddress
    package var messageID: String
    package var subject: String
    /// When the attempt was claimed: it was made then or after.
    package var attemptedAt: Date
    /// It was made before this; later than the claim where nobody knows when it was made.
    package var attemptedUntil: Date
    /// How long ago it was claimed: what the provider may have forgotten since.
    package var ageSeconds: Double

    package init(
        dispatchID: UUID, recipient: EmailAddress, messageID: String, subject: String,
        attemptedAt: Date, attemptedUntil: Date? = nil, ageSeconds: Double
    ) {
        self.dispatchID = dispatchID
        self.recipient = recipient
        self.messageID = messageID
        self.subject = subject
        self.attemptedAt = attemptedAt
        self.attemptedUntil = attemptedUntil ?? attemptedAt
        self.ageSeconds = ageSeconds
    }
}

package enum LookupAnswer: Hashable, Sendable {
    case found(providerMessageID: String?)
    /// Not there at this moment; whether that is proof depends on how long one has waited.
    ///
    /// Only where the request named all that has a default at the vendor, and the submission is
    /// younger than what the account's plan keeps.
    case absent
    /// The provider has forgotten what is as old as this; in words.
    case forgotten(reason: String)
    /// The provider cannot be asked.
    case unsupported
}
