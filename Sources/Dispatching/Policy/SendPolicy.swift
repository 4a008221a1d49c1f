package import FoundationEssentials
import Invoicing

/// The limits by which submissions are tried again or given up.
package struct SendPolicy: Hashable, Sendable {
    /// Attempts that the provider did not take, before a dispatch is given up.
    package var attemptsMax: Int
    /// How long a submission in doubt is left alone before the provider is first asked.
    package var graceSeconds: Int
    /// How long after the attempt an absence is proof that it was not taken.
    package var windowSeconds: Int

    package init(attemptsMax: Int = 8, graceSeconds: Int = 900, windowSeconds: Int = 7_200) {
        self.attemptsMax = attemptsMax
        self.graceSeconds = graceSeconds
        self.windowSeconds = windowSeconds
    }
}

extension SendPolicy {
    /// What becomes of a dispatch after the provider's answer.
    ///
    /// The jitter, 0 to 1, keeps what failed together from coming back together.
    package func change(
        of claim: ClaimedDispatch, after outcome: SubmitOutcome, now: Date, jitter: Double
    ) -> DispatchChange {
        switch outcome {
        case .accepted(let id):
            return DispatchChange(
                claim: claim, state: .sent, attempt: .accepted, providerMessageID: id)
        case .suppressed(let reason):
            var change = suppressed(claim)
            change.detail = reason
            return change
        case .refused(let reason):
            return DispatchChange(
                claim: claim, state: .failed,
                message: "Email was refused by the provider: \(reason)",
                reason: "refused", attempt: .refused, detail: reason)
        case .bounced(let evidence):
            return bounced(claim, evidence, now: now, jitter: jitter)
        case .postponed(let reason, let retryAfterSeconds):
            return postponed(
                claim, reason: reason, retryAfterSeconds: retryAfterSeconds, now: now,
                jitter: jitter)
        case .accountRefused, .untrusted:
            return released(claim, now: now)
        case .inDoubt(let reason):
            return DispatchChange(
                claim: claim, state: .inDoubt, message: "In doubt: \(reason)",
                reason: "in_doubt", resolveAt: now + Double(graceSeconds), attempt: .inDoubt,
                detail: reason)
        }
    }

    private func postponed(
        _ claim: ClaimedDispatch, reason: String, retryAfterSeconds: Int?, now: Date,
        jitter: Double
    ) -> DispatchChange {
        guard claim.attempt - claim.acceptedCount < attemptsMax else {
            return DispatchChange(
                claim: claim, state: .failed,
                message: "Given up after \(attemptsMax) attempts: \(reason)", reason: "given_up",
                attempt: .postponed, detail: reason)
        }
        let delay = Backoff().delaySeconds(
            attempt: claim.attempt - claim.acceptedCount, jitter: jitter)
        return DispatchChange(
            claim: claim, state: .queued, message: "Waiting: \(reason)",
            runAt: now + max(delay, Double(retryAfterSeconds ?? 0)), attempt: .postponed,
            detail: reason)
    }

    /// Given back untouched: nothing left us, and the attempt does not count.
    package func released(_ claim: ClaimedDispatch, now: Date) -> DispatchChange {
        DispatchChange(claim: claim, state: .queued, runAt: now, attempt: nil)
    }

    /// The address stands on the provider's suppression list: not sent to.
    package func suppressed(_ claim: ClaimedDispatch) -> DispatchChange {
        DispatchChange(
            claim: claim, state: .failed, delivery: .blocked, message: "Email was blocked",
            reason: BounceReason.suppressed.rawValue, attempt: .suppressed)
    }

    /// Cancelled between the claim and the wire.
    package func cancelled(_ claim: ClaimedDispatch) -> DispatchChange {
        DispatchChange(
            claim: claim, state: .cancelled, message: "Cancelled", attempt: .cancelled)
    }
}
