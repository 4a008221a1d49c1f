/// What we did with a dispatch; what became of it is `Delivery`.
///
/// How it changes, `DispatchArrow` says.
package enum DispatchState: String, Codable, Sendable, CaseIterable {
    case queued
    /// Claimed: it may be on its way to the provider.
    case sending
    /// Accepted by the provider, never delivered by that alone.
    case sent
    /// Nobody knows whether the provider took it.
    case inDoubt = "in_doubt"
    case failed
    case cancelled

    /// Whether an arrow leads from this state to the other.
    package func canBecome(_ next: DispatchState) -> Bool {
        DispatchArrow.allCases.contains { $0.target == next && $0.sources.contains(self) }
    }
}
