/// A change of a dispatch's state; there are no others.
///
/// Each has one function in the Store, which reads `sources` from here, so that this table is part
/// of the code rather than a description of it. Changes without an arrow are refused.
package enum DispatchArrow: String, Codable, Sendable, CaseIterable {
    /// Claimed to be sent; committed before anything reaches the network.
    case claim
    /// Returned: nothing was sent, and nothing was learned.
    case release
    /// The provider has accepted it.
    case accept
    /// The provider has rejected the message or its recipient.
    case refuse
    /// The answer was lost, or the sending process was: the outcome is not known.
    case doubt
    /// The provider was asked about a doubt and could not resolve it: asked again later, or parked.
    case ask
    /// Not now: it waits for the provider, and no attempt was used.
    case postpone
    /// Sent again, as a new attempt: after a soft bounce by its send plan, or by its tenant's
    /// policy where a doubt can't be resolved by asking.
    case retry
    /// It has waited for the provider longer than is sensible.
    case giveUp = "give_up"
    /// A person no longer wants it sent.
    case cancel
    /// Its events report what became of it.
    case settle
    /// Its events report what became of one that was cancelled after it had been sent.
    case learn
    /// The access point has fetched it.
    case handOver = "hand_over"
    /// The access point could not deliver it.
    case reject
    /// The database was restored to an earlier time: it may have been sent since.
    case recover

    /// The states from which it may start.
    package var sources: Set<DispatchState> {
        switch self {
        case .claim, .handOver: [.queued]
        case .release, .refuse, .doubt: [.sending]
        case .accept: [.sending, .inDoubt]
        case .ask: [.inDoubt]
        case .postpone, .giveUp: [.queued, .sending, .inDoubt]
        case .retry: [.sending, .inDoubt, .sent]
        case .cancel: [.queued, .sending, .inDoubt, .sent]
        case .settle: [.queued, .inDoubt, .sent]
        case .learn: [.cancelled]
        case .reject: [.inDoubt, .sent]
        case .recover: [.queued, .sending, .inDoubt]
        }
    }

    /// The state to which it leads.
    package var target: DispatchState {
        switch self {
        case .claim: .sending
        case .release, .postpone, .retry: .queued
        case .accept, .settle, .handOver: .sent
        case .doubt, .ask, .recover: .inDoubt
        case .refuse, .giveUp, .reject: .failed
        case .cancel, .learn: .cancelled
        }
    }

    /// The source states as the database spells them.
    package var sourceNames: [String] {
        sources.map(\.rawValue).sorted()
    }
}

/// What we did with a dispatch; what became of it is `Delivery`.
///
/// `DispatchArrow` defines how it changes.
package enum DispatchState: String, Codable, Sendable, CaseIterable {
    /// Waiting to be sent, now or at a later time.
    case queued
    /// Claimed: it may be on its way to the provider.
    case sending
    /// Accepted by the provider, which does not mean delivered.
    case sent
    /// It is not known whether the provider accepted it.
    case inDoubt = "in_doubt"
    /// Ended without success: faulty, refused, given up, or rejected by the access point.
    case failed
    /// A person cancelled it.
    case cancelled

    /// Whether an arrow leads from this state to the other.
    package func canBecome(_ next: DispatchState) -> Bool {
        DispatchArrow.allCases.contains { $0.target == next && $0.sources.contains(self) }
    }
}
