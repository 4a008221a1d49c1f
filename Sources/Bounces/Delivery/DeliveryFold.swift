/// What became of a dispatch as a pure function of the set of its events: their order, and how
/// often each is seen, make no difference.
///
/// - A hard bounce or a block of any attempt stands, also after a delivery; hard before blocked.
/// - Otherwise the latest of the deliveries (of any attempt), and of the soft bounces and
///   deferrals of live attempts, decides. A soft bounce or deferral of an attempt older than the
///   newest accepted one is superseded.
/// - A weak fact gives way to a strong bounce of its attempt, and to a strong delivery that is not
///   before it; but a complaint never does, since it presupposes a delivery.
package enum DeliveryFold {
    /// Folds the facts of one dispatch; `acceptedAttempt` is the newest that the provider took.
    package static func fold(_ facts: some Collection<DeliveryFact>, acceptedAttempt: Int)
        -> DeliveryOutcome
    {
        let strong = facts.filter { !$0.isWeak && $0.verdict.isFinal }
        let deciding =
            facts
            .filter { $0.counts(acceptedAttempt: acceptedAttempt) }
            .filter { fact in !strong.contains { $0.outweighs(fact) } }
            .max { $0.yields(to: $1) }
        return deciding.map { DeliveryOutcome(delivery: $0.verdict, decidedBy: $0) }
            ?? DeliveryOutcome()
    }
}

extension DeliveryFact {
    /// Whether this fact, strong and final, leaves a weak one of the same attempt no say.
    fileprivate func outweighs(_ other: DeliveryFact) -> Bool {
        guard other.isWeak, other.attempt == attempt, other.kind != .complained else {
            return false
        }
        return verdict != .delivered || occurredAt >= other.occurredAt
    }

    /// Whether the fact says anything of the delivery that no newer attempt has superseded.
    fileprivate func counts(acceptedAttempt: Int) -> Bool {
        switch verdict {
        case .unknown: false
        case .deferred, .softBounced: attempt >= acceptedAttempt
        case .delivered, .hardBounced, .blocked: true
        }
    }

    /// A total order over facts, so that equal times never leave the outcome to chance.
    fileprivate func yields(to other: DeliveryFact) -> Bool {
        let (mine, theirs) = (verdict.standing, other.verdict.standing)
        if mine != theirs { return mine < theirs }
        if occurredAt != other.occurredAt { return occurredAt < other.occurredAt }
        if verdict != other.verdict { return verdict.rank < other.verdict.rank }
        if attempt != other.attempt { return attempt < other.attempt }
        if isWeak != other.isWeak { return isWeak }
        return remainder.lexicographicallyPrecedes(other.remainder)
    }

    /// Every field that the order has not looked at yet.
    private var remainder: [String] {
        [
            kind.rawValue, text, classification?.bounceClass.rawValue ?? "",
            classification?.reason.rawValue ?? "", classification?.scope?.rawValue ?? "",
            classification?.evidence ?? "", "\(classification?.confidence ?? -1)",
            "\(classification?.transient ?? false)",
        ]
    }
}

extension Delivery {
    /// A bounce that stands beats whatever else is said, whenever it was said.
    fileprivate var standing: Int {
        switch self {
        case .unknown, .deferred, .softBounced, .delivered: 0
        case .blocked: 1
        case .hardBounced: 2
        }
    }

    /// At the same instant: a delivery before a soft bounce before a deferral.
    fileprivate var rank: Int {
        switch self {
        case .unknown: 0
        case .deferred: 1
        case .softBounced: 2
        case .delivered: 3
        case .blocked: 4
        case .hardBounced: 5
        }
    }
}
