package import FoundationEssentials

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

/// What became of a dispatch, and the fact that says so.
package struct DeliveryOutcome: Hashable, Sendable {
    package var delivery: Delivery
    /// Nil while no fact tells of the delivery.
    package var decidedBy: DeliveryFact?
    /// The recipient's server had taken it before it came back.
    package var isAfterDelivery: Bool
    /// It was passed on to another address, which could not be reached.
    package var isForwardFailed: Bool
    /// Soft bounces are all that ended it, however unsure what else is said: only then it may be
    /// sent again by itself.
    package var isOnlySoft: Bool

    package init(
        delivery: Delivery = .unknown, decidedBy: DeliveryFact? = nil,
        isAfterDelivery: Bool = false, isForwardFailed: Bool = false, isOnlySoft: Bool = false
    ) {
        self.delivery = delivery
        self.decidedBy = decidedBy
        self.isAfterDelivery = isAfterDelivery
        self.isForwardFailed = isForwardFailed
        self.isOnlySoft = isOnlySoft
    }

    package var reason: BounceReason? { decidedBy?.reason }
    package var classification: BounceClassification? { decidedBy?.classification }
    /// The receiving server's words, or none.
    package var text: String { decidedBy?.text ?? "" }
    package var occurredAt: Date? { decidedBy?.occurredAt }
}

/// One event about a dispatch, reduced to what decides.
package struct DeliveryFact: Hashable, Codable, Sendable {
    package var kind: EventKind
    /// What the classifier made of it; nil where the kind says all.
    package var classification: BounceClassification?
    /// The submission that it is about, counted from 1.
    package var attempt: Int
    package var occurredAt: Date
    /// The receiving server's words.
    package var text: String
    /// What it is about; of what is only about an address, it may be another message.
    package var subject: EvidenceSubject

    package init(
        kind: EventKind, classification: BounceClassification? = nil, attempt: Int,
        occurredAt: Date, text: String = "", subject: EvidenceSubject = .attempt
    ) {
        self.kind = kind
        self.classification = classification
        self.attempt = attempt
        self.occurredAt = occurredAt
        self.text = text
        self.subject = subject
    }

    /// Attributed by address and time alone.
    package var isWeak: Bool { subject == .address }

    /// Whether somebody whom our message was passed on to could not be reached.
    ///
    /// Nothing of the recipient's own address is said by it.
    package var isForwardFailure: Bool {
        switch kind {
        case .bounced, .dropped:
            subject == .otherRecipient && classification?.bounceClass != .other
        case .processed, .deferred, .delivered, .complained: false
        }
    }

    /// What the fact says by itself; `unknown` where it says nothing about the delivery.
    ///
    /// A bounce without a classification is soft, since nobody knows what it was. What the
    /// provider dropped or the recipient complained of is blocked, however the words read. Of what
    /// was passed on to another recipient, a delivery counts, and a failure says nothing of ours.
    package var verdict: Delivery {
        if subject == .otherRecipient { return kind == .delivered ? .delivered : .unknown }
        return switch kind {
        case .processed: .unknown
        case .deferred: .deferred
        case .delivered: .delivered
        case .complained: .blocked
        case .dropped: verdict(unclassified: .blocked, soft: .blocked)
        case .bounced: verdict(unclassified: .softBounced, soft: .softBounced)
        }
    }

    private func verdict(unclassified: Delivery, soft: Delivery) -> Delivery {
        switch classification?.bounceClass {
        case nil: unclassified
        case .hard: .hardBounced
        case .soft: soft
        case .blocked: .blocked
        case .other: .unknown
        }
    }

    /// The reason that stands beside the outcome, where the fact tells of a failure.
    package var reason: BounceReason? {
        switch verdict {
        case .unknown, .deferred, .delivered: nil
        case .softBounced, .hardBounced, .blocked: classification?.reason ?? reasonByKind
        }
    }

    private var reasonByKind: BounceReason {
        switch kind {
        case .dropped: .suppressed
        case .complained: .complaint
        case .processed, .deferred, .delivered, .bounced: .undetermined
        }
    }
}
