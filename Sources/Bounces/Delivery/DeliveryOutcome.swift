package import FoundationEssentials

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
