package import FoundationEssentials
package enum DispatchState: String, Codable, Sendable, CaseIterable { case queued, sending, sent, inDoubt = "in_doubt", failed, cancelled }
package enum Delivery: String, Codable, Sendable, CaseIterable { case unknown, deferred, delivered, softBounced = "soft_bounced", hardBounced = "hard_bounced", blocked }
package struct DeliveryFact: Hashable, Codable, Sendable {
    package var kind: EventKind; package var classification: BounceClassification?; package var attempt: Int; package var occurredAt: Date; package var text: String; package var isWeak: Bool
    package init(kind: EventKind, classification: BounceClassification?, attempt: Int, occurredAt: Date, text: String, isWeak: Bool) { self.kind = kind; self.classification = classification; self.attempt = attempt; self.occurredAt = occurredAt; self.text = text; self.isWeak = isWeak }
}
package struct DeliveryOutcome { package var delivery: Delivery; package var reason: BounceReason?; package var classification: BounceClassification?; package var text: String; package var occurredAt: Date? }
package enum DeliveryFold { package static func fold(_ f: some Collection<DeliveryFact>, acceptedAttempt: Int) -> DeliveryOutcome { DeliveryOutcome(delivery: .unknown, reason: nil, classification: nil, text: "", occurredAt: nil) } }
package enum SoftRetry { package static func next(submissions: Int, delays: [Int], bouncedAt: Date, jitter: Double) -> Date? { nil } }
package struct Backoff { package init() {}; package func delaySeconds(attempt: Int, jitter: Double) -> Double { 1 } }
package struct Classifier { package init() {}; package func classify(_ e: BounceEvidence) -> BounceClassification { BounceClassification(bounceClass: .soft, reason: .undetermined, scope: nil, transient: false, confidence: 0, evidence: "") } }
package struct ClassifyRequest: Codable { package var evidence: BounceEvidence { BounceEvidence() } }
package struct ClassifyAnswer: Codable { package init(_ c: BounceClassification) {} }
