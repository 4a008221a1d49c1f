import Bounces
package import FoundationEssentials
import Invoicing

/// The limits for how long a dispatch waits for the provider, when it is asked about, and when it
/// is given up.
package struct SendPolicy: Hashable, Sendable {
    /// How long the provider may keep saying "not now" before a dispatch is given up.
    package var giveUpAfterSeconds: Int
    /// How long to wait before asking the provider about a submission in doubt for the first time.
    package var graceSeconds: Int
    /// How long after the attempt absence at the provider proves that it was not accepted.
    package var windowSeconds: Int
    package var backoff: Backoff

    package init(
        giveUpAfterSeconds: Int = 432_000, graceSeconds: Int = 900, windowSeconds: Int = 7_200,
        backoff: Backoff = Backoff()
    ) {
        self.giveUpAfterSeconds = giveUpAfterSeconds
        self.graceSeconds = graceSeconds
        self.windowSeconds = windowSeconds
        self.backoff = backoff
    }
}

extension SendPolicy {
    /// The change for a dispatch after the provider's answer.
    ///
    /// The jitter, 0 to 1, spreads out what failed together.
    package func change(
        of claim: ClaimedDispatch, after outcome: SubmitOutcome, now: Date, jitter: Double
    ) -> DispatchChange {
        switch outcome {
        case .accepted(let id):
            DispatchChange(
                claim: claim, arrow: .accept, attempt: .accepted, providerMessageID: id)
        case .refused(let refusal) where refusal.isVerdict:
            ended(claim, by: refusal, now: now, jitter: jitter)
        case .refused(let refusal):
            postponed(claim, by: refusal, now: now, jitter: jitter)
        case .inDoubt(let reason):
            DispatchChange(
                claim: claim, arrow: .doubt, message: "In doubt: \(reason)",
                reason: DispatchReason.inDoubt.rawValue, resolveAfterSeconds: graceSeconds,
                attempt: .inDoubt, detail: reason)
        }
    }

    /// The provider has rejected this message or its recipient.
    private func ended(
        _ claim: ClaimedDispatch, by refusal: Refusal, now: Date, jitter: Double
    ) -> DispatchChange {
        if let evidence = refusal.evidence {
            return bounced(claim, evidence, now: now, jitter: jitter)
        }
        if refusal.cause == .suppressed {
            var change = suppressed(claim)
            change.detail = refusal.reason
            return change
        }
        return DispatchChange(
            claim: claim, arrow: .refuse,
            message: "Email was refused by the provider: \(refusal.reason)",
            reason: DispatchReason.refused.rawValue, attempt: .refused, detail: refusal.reason)
    }

    /// Not now: it waits, and no attempt is used.
    ///
    /// A wait that applies to the whole account is kept with the account, not here.
    package func postponed(
        _ claim: ClaimedDispatch, by refusal: Refusal, now: Date, jitter: Double
    ) -> DispatchChange {
        // An earlier problem that is over does not prolong the wait.
        let tries = claim.deferredSince == nil ? 0 : claim.deferrals
        let delay = backoff.delaySeconds(after: tries + 1, jitter: jitter)
        let asked = refusal.cause == .notYet ? Double(refusal.retryAfterSeconds ?? 0) : 0
        return postponed(claim, refusal.reason, until: now + max(delay, asked), now: now)
    }

    func postponed(
        _ claim: ClaimedDispatch, _ reason: String, until runAt: Date, now: Date,
        attempt: AttemptOutcome? = nil
    ) -> DispatchChange {
        guard !isOverdue(since: claim.deferredSince, now: now) else {
            return DispatchChange(
                claim: claim, arrow: .giveUp, reason: DispatchReason.givenUp.rawValue,
                attempt: attempt, detail: reason)
        }
        return DispatchChange(
            claim: claim, arrow: .postpone, reason: DispatchReason.postponed.rawValue,
            runAt: runAt, attempt: attempt, detail: reason)
    }

    /// Whether what has waited for the provider since then should be given up.
    package func isOverdue(since deferredSince: Date?, now: Date) -> Bool {
        deferredSince.map { now >= $0 + Double(giveUpAfterSeconds) } ?? false
    }

    /// Returned as it was: nothing was sent, and the attempt does not count.
    package func released(_ claim: ClaimedDispatch, now: Date) -> DispatchChange {
        DispatchChange(claim: claim, arrow: .release, runAt: now)
    }

    /// The address is on the provider's suppression list, so nothing is sent.
    package func suppressed(_ claim: ClaimedDispatch) -> DispatchChange {
        DispatchChange(
            claim: claim, arrow: .refuse, delivery: .blocked, message: DispatchMessage.blocked,
            reason: BounceReason.suppressed.rawValue, attempt: .suppressed)
    }

    /// The message as it was queued can't be sent; `fault` says why.
    package func unsendable(_ claim: ClaimedDispatch, _ fault: String) -> DispatchChange {
        DispatchChange(
            claim: claim, arrow: .refuse, message: "Email can't be sent: \(fault)",
            reason: "unsendable", attempt: .refused, detail: fault)
    }

    /// Cancelled between the claim and the submission.
    package func cancelled(_ claim: ClaimedDispatch) -> DispatchChange {
        DispatchChange(
            claim: claim, arrow: .cancel, message: "Cancelled", attempt: .cancelled)
    }
}

extension SendPolicy {
    /// The change for an immediate rejection, treated as if it had come back as a bounce.
    ///
    /// A soft one is retried after the send plan's delays, and then its user is asked. Since the
    /// provider accepted none of them, the attempts are counted.
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

    /// A rejection is always a failure, however it is worded.
    private static func delivery(_ bounceClass: BounceClass) -> Delivery {
        switch bounceClass {
        case .hard: .hardBounced
        case .blocked: .blocked
        case .soft, .other: .softBounced
        }
    }
}

/// When a dispatch is sent again after a soft bounce.
package enum SoftRetry {
    /// The fraction by which a retry is moved either way, so that what bounced together does not
    /// return together to a server that has just recovered.
    package static let jitterFraction = 0.1

    /// The time of the next submission, or nil where the send plan's delays are used up and the
    /// user should be asked.
    ///
    /// `submissions` counts those that the provider accepted, including the bounced one; `delays`
    /// are the send plan's seconds after each soft bounce; `jitter` is 0 to 1, with one half for
    /// the exact delay.
    package static func next(
        submissions: Int, delays: [Int], bouncedAt: Date, jitter: Double
    ) -> Date? {
        guard delays.indices.contains(submissions - 1) else { return nil }
        let factor = 1 + jitterFraction * (2 * min(max(jitter, 0), 1) - 1)
        return bouncedAt + Double(delays[submissions - 1]) * factor
    }
}

/// How long to wait before the next attempt when the provider did not accept a message for now.
///
/// Doubles from `firstSeconds` to `capSeconds`, as in Postfix between minimal_backoff_time and
/// maximal_backoff_time; half of each wait is random, so that what failed together does not return
/// together.
package struct Backoff: Hashable, Sendable {
    package var firstSeconds: Double
    package var capSeconds: Double

    package init(firstSeconds: Double = 60, capSeconds: Double = 3_600) {
        self.firstSeconds = firstSeconds
        self.capSeconds = capSeconds
    }

    /// The wait after a number of failed attempts, 1 for the first; `jitter` is 0 to 1.
    ///
    /// The first wait is never shortened: a provider that just refused is not asked again earlier.
    package func delaySeconds(after tries: Int, jitter: Double) -> Double {
        let doublings = min(max(tries - 1, 0), Self.doublingsMax)
        let whole = min(capSeconds, firstSeconds * Double(1 << doublings))
        return max(min(firstSeconds, capSeconds), whole * (1 + min(max(jitter, 0), 1)) / 2)
    }

    /// More would overflow, and any cap is reached long before.
    private static let doublingsMax = 30
}
