import FoundationEssentials
package import Dispatching
package import Runtime
package import Wire

/// What messages are written by: what the provider takes of one, and who they come from.
package struct MessageTerms: Sendable {
    package var limits: MessageLimits
    package var sender: SenderIdentity

    package init(limits: MessageLimits, sender: SenderIdentity) {
        self.limits = limits
        self.sender = sender
    }

    /// As the installation is configured.
    package init(_ settings: Settings) throws {
        limits = try MailAccount.limits(settings)
        sender = try Installation.sender(settings)
    }
}

/// Who the e-mail comes from, as the installation is configured.
package struct SenderIdentity: Sendable {
    package var address: EmailAddress
    package var messageIDDomain: String

    package init(address: EmailAddress, messageIDDomain: String) {
        self.address = address
        self.messageIDDomain = messageIDDomain
    }

    /// RFC 5322 § 3.6.4: unique, and the same for every try.
    func messageID(of dispatchID: UUID) -> String {
        "<\(dispatchID.uuidString.lowercased())@\(messageIDDomain)>"
    }
}
