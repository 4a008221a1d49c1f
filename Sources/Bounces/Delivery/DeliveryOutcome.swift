package import FoundationEssentials

/// What became of a dispatch, and the fact that says so.
package struct DeliveryOutcome: Hashable, Sendable {
    package var delivery: Delivery
    /// Nil while no fact tells of the delivery.
    package var decidedBy: DeliveryFact?

    package init(delivery: Delivery = .unknown, decidedBy: DeliveryFact? = nil) {
        self.delivery = delivery
        self.decidedBy = decidedBy
    }

    package var reason: BounceReason? { decidedBy?.reason }
    package var classification: BounceClassification? { decidedBy?.classification }
    /// The receiving server's words, or none.
    package var text: String { decidedBy?.text ?? "" }
    package var occurredAt: Date? { decidedBy?.occurredAt }
}
