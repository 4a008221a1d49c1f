package import FoundationEssentials

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
    /// Attributed by address and time alone, so that it may be about another message.
    package var isWeak: Bool

    package init(
        kind: EventKind, classification: BounceClassification? = nil, attempt: Int,
        occurredAt: Date, text: String = "", isWeak: Bool = false
    ) {
        self.kind = kind
        self.classification = classification
        self.attempt = attempt
        self.occurredAt = occurredAt
        self.text = text
        self.isWeak = isWeak
    }

    /// What the fact says by itself; `unknown` where it says nothing about the delivery.
    ///
    /// A bounce without a classification is soft, since nobody knows what it was. What the
    /// provider dropped or the recipient complained of is blocked, however the words read.
    package var verdict: Delivery {
        switch kind {
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
