/// A change of what we did with a dispatch: the only ones there are.
///
/// Each has one function in the Store, which reads `sources` from here, so that this table is not
/// beside the code but in it. What no arrow allows is refused.
package enum DispatchArrow: String, Codable, Sendable, CaseIterable {
    /// Taken to be sent, committed before anything reaches the network.
    case claim
    /// Given back: nothing left us, and nothing was learned.
    case release
    /// The provider has taken it.
    case accept
    /// The provider has judged the message or its recipient, and the answer is no.
    case refuse
    /// The answer was lost, or whoever sent it: nobody knows.
    case doubt
    /// The provider was asked about a doubt and could not end it: asked again later, or parked.
    case ask
    /// Not now: it waits for the provider, and no attempt was spent.
    case postpone
    /// It is sent again, with an attempt of its own: it bounced softly and its send plan says so, or
    /// nobody can be asked about a doubt and its tenant says so.
    case retry
    /// It has waited for the provider longer than is sensible.
    case giveUp = "give_up"
    /// A person does not want it any more.
    case cancel
    /// Events say what became of it.
    case settle
    /// Events tell what became of one that was cancelled after it had been sent.
    case learn
    /// The access point has fetched it.
    case handOver = "hand_over"
    /// The access point could not deliver it.
    case reject
    /// The database went back in time: it may have been sent since.
    case recover

    /// The states that it may start from.
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

    /// The state that it leads to.
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

    /// The states that it may start from, as the database spells them.
    package var sourceNames: [String] {
        sources.map(\.rawValue).sorted()
    }
}

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
