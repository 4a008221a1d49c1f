/// What became of a dispatch, as a pure function of the set of its events: neither their order nor
/// repetition makes a difference.
///
/// - A hard bounce or a block of any attempt decides, also after a delivery; hard before blocked.
/// - Otherwise the latest of the deliveries (of any attempt), and of the soft bounces and deferrals
///   of current attempts, decides. A soft bounce or deferral of an attempt older than the newest
///   accepted one is superseded.
/// - A fact that is only about an address yields to any fact known by id to be about the same
///   attempt, and to a delivery of any attempt, whenever they occurred; except a complaint, since
///   it presupposes a delivery.
/// - A deferral yields to a soft bounce of its attempt, which ended it, whenever each was reported.
/// - A soft bounce or deferral of an unknown attempt yields to a delivery of a known one.
/// - What happened at another recipient, to whom the message was forwarded, is reported beside the
///   outcome and never decides, except a delivery.
package enum DeliveryFold {
    /// Folds the facts of one dispatch; `acceptedAttempt` is the newest attempt that the provider
    /// accepted.
    package static func fold(_ facts: some Collection<DeliveryFact>, acceptedAttempt: Int)
        -> DeliveryOutcome
    {
        let strong = facts.filter { !$0.isWeak && $0.verdict.isFinal }
        let deciding =
            facts
            .filter { $0.counts(acceptedAttempt: acceptedAttempt) }
            .filter { fact in !strong.contains { $0.outweighs(fact) } }
            .max { $0.yields(to: $1) }
        return DeliveryOutcome(
            delivery: deciding?.verdict ?? .unknown, decidedBy: deciding,
            isAfterDelivery: strong.contains { deciding?.follows($0) ?? false },
            isForwardFailed: facts.contains(where: \.isForwardFailure),
            isOnlySoft: facts.allSatisfy {
                !$0.verdict.isFinal || $0.verdict == .softBounced
            })
    }
}

extension DeliveryFact {
    /// Whether this fact, strong and final, overrides a less certain one.
    fileprivate func outweighs(_ other: DeliveryFact) -> Bool {
        if other.verdict == .deferred, verdict == .softBounced, other.attempt == attempt {
            return true
        }
        return switch other.subject {
        case .address:
            other.kind != .complained && (verdict == .delivered || other.attempt == attempt)
        case .message:
            verdict == .delivered && subject == .attempt
                && (other.verdict == .softBounced || other.verdict == .deferred)
        case .attempt, .otherRecipient: false
        }
    }

    /// Whether it is a bounce after that delivery; a complaint always is, and does not count.
    fileprivate func follows(_ delivery: DeliveryFact) -> Bool {
        guard kind == .bounced, delivery.verdict == .delivered else { return false }
        return delivery.attempt == attempt && delivery.occurredAt <= occurredAt
    }

    /// Whether the fact is about the delivery, and not superseded by a newer attempt.
    fileprivate func counts(acceptedAttempt: Int) -> Bool {
        switch verdict {
        case .unknown: false
        case .deferred, .softBounced: attempt >= acceptedAttempt
        case .delivered, .hardBounced, .blocked: true
        }
    }

    /// A total order over facts, so that equal times never make the outcome random.
    fileprivate func yields(to other: DeliveryFact) -> Bool {
        let (mine, theirs) = (verdict.precedence, other.verdict.precedence)
        if mine != theirs { return mine < theirs }
        if occurredAt != other.occurredAt { return occurredAt < other.occurredAt }
        if verdict != other.verdict { return verdict.rank < other.verdict.rank }
        if attempt != other.attempt { return attempt < other.attempt }
        if subject != other.subject { return subject.surety < other.subject.surety }
        return remainder.lexicographicallyPrecedes(other.remainder)
    }

    /// Every field that the order has not compared yet.
    private var remainder: [String] {
        [
            kind.rawValue, text, classification?.bounceClass.rawValue ?? "",
            classification?.reason.rawValue ?? "", classification?.scope?.rawValue ?? "",
            classification?.evidence ?? "", "\(classification?.confidence ?? -1)",
            "\(classification?.transient ?? false)",
        ]
    }
}

extension EvidenceSubject {
    fileprivate var surety: Int {
        switch self {
        case .address: 0
        case .otherRecipient: 1
        case .message: 2
        case .attempt: 3
        }
    }
}

extension Delivery {
    /// A permanent bounce takes precedence over anything else, whenever it was reported.
    fileprivate var precedence: Int {
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
