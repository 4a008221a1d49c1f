import Bounces
import FoundationEssentials
import Invoicing

extension SendPolicy {
    /// What a refusal on the spot comes to: the same as if it had come back as a bounce.
    ///
    /// A soft one is tried again after the send plan's delays, and then its user is asked. As the
    /// provider took none of them, it is the attempts that are counted.
    func bounced(
        _ claim: ClaimedDispatch, _ evidence: BounceEvidence, now: Date, jitter: Double
    ) -> DispatchChange {
        let found = Classifier().classify(evidence)
        let delivery = Self.delivery(found.bounceClass)
        let runAt =
            delivery == .softBounced
            ? SoftRetry.next(
                submissions: claim.attempt, delays: claim.retryDelays, bouncedAt: now,
                jitter: jitter) : nil
        return DispatchChange(
            claim: claim, arrow: runAt == nil ? .refuse : .retry, delivery: delivery,
            message: DispatchMessage.text(
                found.bounceClass == .other ? .soft : found.bounceClass, found.reason,
                serverText: evidence.text) ?? "",
            reason: found.reason.rawValue, runAt: runAt, attempt: .refused, detail: evidence.text)
    }

    /// A no is never nothing, whatever its words look like.
    private static func delivery(_ bounceClass: BounceClass) -> Delivery {
        switch bounceClass {
        case .hard: .hardBounced
        case .blocked: .blocked
        case .soft, .other: .softBounced
        }
    }
}
