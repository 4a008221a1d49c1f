/// What became of a dispatch as a pure function of the set of its events: their order, and how
/// often each is seen, make no difference.
///
/// - A hard bounce or a block of any attempt stands, also after a delivery; hard before blocked.
/// - Otherwise the latest of the deliveries (of any attempt), and of the soft bounces and
///   deferrals of live attempts, decides. A soft bounce or deferral of an attempt older than the
///   newest accepted one is superseded.
/// - What is only about an address gives way to whatever is known by id of its attempt, and to a
///   delivery of any, whenever they were; but a complaint never does, since it presupposes one.
/// - A deferral gives way to a soft bounce of its attempt, which ended it, whenever each was told.
/// - A soft bounce or deferral whose attempt nobody says gives way to a delivery that says it.
/// - What became of it with another recipient, whom it was passed on to, is told beside the outcome
///   and never decides but for a delivery.
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
    /// Whether this fact, strong and final, leaves a less sure one no say.
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

    /// Whether it is a bounce behind that delivery; a complaint always is, and needs no telling.
    fileprivate func follows(_ delivery: DeliveryFact) -> Bool {
        guard kind == .bounced, delivery.verdict == .delivered else { return false }
        return delivery.attempt == attempt && delivery.occurredAt <= occurredAt
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
        let (mine, theirs) = (verdict.precedence, other.verdict.precedence)
        if mine != theirs { return mine < theirs }
        if occurredAt != other.occurredAt { return occurredAt < other.occurredAt }
        if verdict != other.verdict { return verdict.rank < other.verdict.rank }
        if attempt != other.attempt { return attempt < other.attempt }
        if subject != other.subject { return subject.surety < other.subject.surety }
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
    /// A bounce that stands beats whatever else is said, whenever it was said.
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
