import FoundationEssentials
package import Dispatching
package import Runtime
package import Wire

/// The requirements on messages: the provider's limits, and the sender.
package struct MessageTerms: Sendable {
    package var limits: MessageLimits
    package var sender: SenderIdentity

    package init(limits: MessageLimits, sender: SenderIdentity) {
        self.limits = limits
        self.sender = sender
    }

    /// From the configuration; throws `ConfigurationError` where it is incomplete.
    package init(_ settings: Settings) throws {
        limits = try MailAccount.limits(settings)
        sender = try Installation.sender(settings)
    }
}

/// The sender of e-mails, as configured.
package struct SenderIdentity: Sendable {
    package var address: EmailAddress
    /// The part of Message-IDs after the `@`.
    package var messageIDDomain: String

    package init(address: EmailAddress, messageIDDomain: String) {
        self.address = address
        self.messageIDDomain = messageIDDomain
    }

    /// Unique, and the same for every attempt (RFC 5322 § 3.6.4).
    func messageID(of dispatchID: UUID) -> String {
        "<\(dispatchID.uuidString.lowercased())@\(messageIDDomain)>"
    }
}
