/// What became of a dispatch, as its events tell it.
package enum Delivery: String, Codable, Sendable, CaseIterable {
    /// Nothing has been heard of it, or only that the provider is working on it.
    case unknown
    /// The receiving server asked to wait; the provider goes on trying.
    case deferred
    case delivered
    case softBounced = "soft_bounced"
    case hardBounced = "hard_bounced"
    case blocked

    /// Whether no event is awaited any more, though a later one may still change it.
    package var isFinal: Bool {
        switch self {
        case .unknown, .deferred: false
        case .delivered, .softBounced, .hardBounced, .blocked: true
        }
    }
}
