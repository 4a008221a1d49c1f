package import FoundationEssentials

/// What became of a dispatch, according to its events.
package enum Delivery: String, Codable, Sendable, CaseIterable {
    /// Nothing has been reported, or only that the provider is working on it.
    case unknown
    /// The receiving server asked to wait; the provider keeps trying.
    case deferred
    /// The receiving server has accepted it.
    case delivered
    case softBounced = "soft_bounced"
    case hardBounced = "hard_bounced"
    case blocked

    /// Whether no further event is expected, though a later one may still change it.
    package var isFinal: Bool {
        switch self {
        case .unknown, .deferred: false
        case .delivered, .softBounced, .hardBounced, .blocked: true
        }
    }
}

/// What became of a dispatch, and the fact that decides it.
package struct DeliveryOutcome: Hashable, Sendable {
    package var delivery: Delivery
    /// Nil as long as no fact is about the delivery.
    package var decidedBy: DeliveryFact?
    /// Whether the recipient's server had accepted it before it bounced.
    package var isAfterDelivery: Bool
    /// Whether it was forwarded to another address, which could not be reached.
    package var isForwardFailed: Bool
    /// Whether it ended by soft bounces only, even counting less certain reports: only then it may
    /// be retried automatically.
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

    /// The reason of a failure; nil for anything else.
    package var reason: BounceReason? { decidedBy?.reason }
    /// The classification of the deciding fact; nil where its kind says everything.
    package var classification: BounceClassification? { decidedBy?.classification }
    /// The receiving server's words; empty for none.
    package var text: String { decidedBy?.text ?? "" }
    /// When the deciding event occurred; nil where none decided.
    package var occurredAt: Date? { decidedBy?.occurredAt }
}

/// An event about a dispatch, reduced to what matters for the outcome.
package struct DeliveryFact: Hashable, Codable, Sendable {
    package var kind: EventKind
    /// Its classification; nil where the kind says everything.
    package var classification: BounceClassification?
    /// The attempt that it is about, counted from 1.
    package var attempt: Int
    package var occurredAt: Date
    /// The receiving server's words; empty for none.
    package var text: String
    /// What it is known to be about; one that is only about an address may concern another message.
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

    /// Whether it was attributed by address and time only.
    package var isWeak: Bool { subject == .address }

    /// Whether it reports that a forward of our message failed.
    ///
    /// It says nothing about the recipient's own address.
    package var isForwardFailure: Bool {
        switch kind {
        case .bounced, .dropped:
            subject == .otherRecipient && classification?.bounceClass != .other
        case .processed, .deferred, .delivered, .complained: false
        }
    }

    /// The outcome by this fact alone; `unknown` where it says nothing about the delivery.
    ///
    /// A bounce without a classification is soft, since its cause is not known. What the provider
    /// dropped or the recipient complained about is blocked, however it is worded. For a forward, a
    /// delivery counts, and a failure says nothing about our recipient.
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

    /// The reason stored beside the outcome, where the fact is a failure; else nil.
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
