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
        var change = DispatchChange(
            claim: claim, state: .failed, delivery: Self.delivery(found.bounceClass),
            message: DispatchMessage.text(
                found.bounceClass == .other ? .soft : found.bounceClass, found.reason,
                serverText: evidence.text) ?? "",
            reason: found.reason.rawValue, attempt: .refused, detail: evidence.text)
        guard change.delivery == .softBounced,
            let runAt = SoftRetry.next(
                submissions: claim.attempt, delays: claim.retryDelays, bouncedAt: now,
                jitter: jitter)
        else { return change }
        change.state = .queued
        change.runAt = runAt
        return change
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
