package import FoundationEssentials

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
