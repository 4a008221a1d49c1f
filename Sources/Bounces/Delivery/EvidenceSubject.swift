package import FoundationEssentials
import Wire

/// What a report is about, determined before it is used; the most certain first.
package enum EvidenceSubject: String, Codable, Sendable, CaseIterable {
    /// This attempt at our message to this recipient.
    case attempt
    /// Our message to this recipient, at an unknown attempt.
    case message
    /// Our message, but another recipient, to whom it was forwarded.
    case otherRecipient = "other_recipient"
    /// Only an address, which anybody can name.
    case address
}

extension EvidenceSubject {
    /// The subject of an event that was attributed to a dispatch.
    ///
    /// `recipient` is the address to which the dispatch was sent; nil where that is not known.
    package init(
        of event: ProviderEvent, by attribution: AttributionKind, recipient: String?,
        isAttemptKnown: Bool
    ) {
        switch attribution {
        case .address, .none: self = .address
        case .ownID, .providerID:
            if recipient.map(event.isAboutAnother) ?? false {
                self = .otherRecipient
            } else {
                self = isAttemptKnown ? .attempt : .message
            }
        }
    }
}

extension ProviderEvent {
    /// Whether it names a recipient other than the one to whom we sent.
    ///
    /// A tag after a plus is the same mailbox, and a text that is not an address names nobody. A
    /// complaint is always the recipient's: whoever forwards it may have replaced the address (RFC
    /// 6590).
    fileprivate func isAboutAnother(than ours: String) -> Bool {
        guard kind != .complained, let named = EmailAddress(recipient),
            let ours = EmailAddress(ours)
        else { return false }
        return named.mailbox != ours.mailbox
    }
}

extension EmailAddress {
    /// The address in lower case without a tag after a plus.
    fileprivate var mailbox: String {
        let local = key.prefix { $0 != "@" && $0 != "+" }
        return "\(local.isEmpty ? key.prefix { $0 != "@" } : local)@\(domain.lowercased())"
    }
}

/// Who reports it, and so how far it is trusted.
package enum EventOrigin: String, Codable, Sendable, CaseIterable {
    /// The provider's API, called with our key: as trustworthy as the account.
    case provider
    /// A mail, which anybody can send: only our own ids in it count, and our marks are signed.
    case mail
    /// A mail with an unsigned mark, from before marks were signed.
    case unsignedMail = "unsigned_mail"
}

extension ProviderEvent {
    /// The list of complaints, which is kept by us and not by the provider.
    package static let ownComplaints = "complaints"

    /// The highest attempt number that is accepted; no dispatch comes near it.
    package static let attemptMax = 32_767

    /// Parses an attempt number that a provider returned; nil where it is not one.
    package static func attempt(_ text: some StringProtocol) -> Int? {
        Int(text).flatMap { (1...attemptMax).contains($0) ? $0 : nil }
    }
}

/// How an event was attributed to a dispatch, the most reliable first.
package enum AttributionKind: String, Codable, Sendable, CaseIterable {
    /// The provider returned our own id.
    case ownID = "own_id"
    /// The provider's id matches one of our attempts.
    case providerID = "provider_id"
    /// Only the address and the time match: weak.
    case address
    /// It fits no dispatch.
    case none
}

/// The attempt to which an event was attributed.
package struct Attribution: Hashable, Sendable {
    package var kind: AttributionKind
    package var tenantID: Int64
    package var dispatchID: UUID
    /// Counted from 1.
    package var attempt: Int
    package var subject: EvidenceSubject

    package init(
        kind: AttributionKind, tenantID: Int64, dispatchID: UUID, attempt: Int,
        subject: EvidenceSubject = .attempt
    ) {
        self.kind = kind
        self.tenantID = tenantID
        self.dispatchID = dispatchID
        self.attempt = attempt
        self.subject = subject
    }
}
