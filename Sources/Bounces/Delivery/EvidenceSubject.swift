import Wire
package import FoundationEssentials

/// What a report is about, established before anything is made of it; the surest first.
package enum EvidenceSubject: String, Codable, Sendable, CaseIterable {
    /// This attempt at our message to this recipient.
    case attempt
    /// Our message to this recipient; at which attempt, nobody says.
    case message
    /// Our message, but another recipient: somebody whom it was passed on to.
    case otherRecipient = "other_recipient"
    /// Only an address, which anybody may name.
    case address
}

extension EvidenceSubject {
    /// The subject of an event that was found to be about a dispatch.
    ///
    /// `recipient` is the address that the dispatch went to; nil where that is not known.
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
    /// Whether it names a recipient, and that is not the one that we sent to.
    ///
    /// A tag behind a plus is the same mailbox, and what is no address names nobody. A complaint is
    /// always the recipient's: who passes it on may put another address in its place (RFC 6590).
    fileprivate func isAboutAnother(than ours: String) -> Bool {
        guard kind != .complained, let named = EmailAddress(recipient),
            let ours = EmailAddress(ours)
        else { return false }
        return named.mailbox != ours.mailbox
    }
}

extension EmailAddress {
    /// The address without its case and without a tag behind a plus.
    fileprivate var mailbox: String {
        let local = key.prefix { $0 != "@" && $0 != "+" }
        return "\(local.isEmpty ? key.prefix { $0 != "@" } : local)@\(domain.lowercased())"
    }
}

/// Who says it, and so how far it is believed.
package enum EventOrigin: String, Codable, Sendable, CaseIterable {
    /// The provider itself, asked over its API with our key: as trusted as the account is.
    case provider
    /// A mail, which anybody may send: only what is in it of ours counts, and our marks are signed.
    case mail
    /// A mail whose mark is not signed, as those of before marks were signed.
    case unsignedMail = "unsigned_mail"
}

extension ProviderEvent {
    /// The list of those who complained, where it is kept by us and not by the provider.
    package static let ownComplaints = "complaints"

    /// The highest number that an attempt may say it has; no dispatch comes near it.
    package static let attemptMax = 32_767

    /// The number of an attempt as a provider gave it back; nil where it is none.
    package static func attempt(_ text: some StringProtocol) -> Int? {
        Int(text).flatMap { (1...attemptMax).contains($0) ? $0 : nil }
    }
}

/// How an event was found to be about a dispatch, the strongest first.
package enum AttributionKind: String, Codable, Sendable, CaseIterable {
    /// The provider gave our own id back.
    case ownID = "own_id"
    /// The provider's id is that of one of our attempts.
    case providerID = "provider_id"
    /// Only the address and the time fit: weak.
    case address
    case none
}

/// The attempt that an event is about.
package struct Attribution: Hashable, Sendable {
    package var kind: AttributionKind
    package var tenantID: Int64
    package var dispatchID: UUID
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
