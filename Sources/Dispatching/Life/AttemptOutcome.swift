/// How an attempt ended, as it stands in the history of a dispatch.
package enum AttemptOutcome: String, Codable, Sendable, CaseIterable {
    case accepted
    case refused
    case inDoubt = "in_doubt"
    case suppressed
    case cancelled
    /// In doubt, and then found at the provider.
    case found
    /// In doubt, and certainly not at the provider.
    case absent
    /// In doubt for good: a person decides.
    case parked
}
