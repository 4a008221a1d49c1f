import Bounces
import Invoicing
package import FoundationEssentials

/// The limits by which a dispatch waits for the provider, is asked about, or is given up.
package struct SendPolicy: Hashable, Sendable {
    /// How long the provider may go on saying "not now" before a dispatch is given up.
    package var giveUpAfterSeconds: Int
    /// How long a submission in doubt is left alone before the provider is first asked.
    package var graceSeconds: Int
    /// How long after the attempt an absence is proof that it was not taken.
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
    /// What becomes of a dispatch after the provider's answer.
    ///
    /// The jitter, 0 to 1, keeps what failed together from coming back together.
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
                claim: claim, arrow: .doubt, message: "In doubt: \(reason)", reason: "in_doubt",
                resolveAfterSeconds: graceSeconds, attempt: .inDoubt, detail: reason)
        }
    }

    /// The provider has judged this message or its recipient.
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
            message: "Email was refused by the provider: \(refusal.reason)", reason: "refused",
            attempt: .refused, detail: refusal.reason)
    }

    /// Not now: it waits, and no attempt was spent.
    ///
    /// A wait that the provider asks of the whole account is kept with the account, not here.
    package func postponed(
        _ claim: ClaimedDispatch, by refusal: Refusal, now: Date, jitter: Double
    ) -> DispatchChange {
        // A trouble that is over long ago makes no wait longer.
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
                claim: claim, arrow: .giveUp, reason: "given_up", attempt: attempt, detail: reason)
        }
        return DispatchChange(
            claim: claim, arrow: .postpone, reason: "postponed", runAt: runAt, attempt: attempt,
            detail: reason)
    }

    /// Whether what has waited for the provider since then is to be given up.
    package func isOverdue(since deferredSince: Date?, now: Date) -> Bool {
        deferredSince.map { now >= $0 + Double(giveUpAfterSeconds) } ?? false
    }

    /// Given back untouched: nothing left us, and the attempt does not count.
    package func released(_ claim: ClaimedDispatch, now: Date) -> DispatchChange {
        DispatchChange(claim: claim, arrow: .release, runAt: now)
    }

    /// The address stands on the provider's suppression list: not sent to.
    package func suppressed(_ claim: ClaimedDispatch) -> DispatchChange {
        DispatchChange(
            claim: claim, arrow: .refuse, delivery: .blocked, message: DispatchMessage.blocked,
            reason: BounceReason.suppressed.rawValue, attempt: .suppressed)
    }

    /// What was fixed when it was queued can't be sent as it stands; in words.
    package func unsendable(_ claim: ClaimedDispatch, _ fault: String) -> DispatchChange {
        DispatchChange(
            claim: claim, arrow: .refuse, message: "Email can't be sent: \(fault)",
            reason: "unsendable", attempt: .refused, detail: fault)
    }

    /// Cancelled between the claim and the wire.
    package func cancelled(_ claim: ClaimedDispatch) -> DispatchChange {
        DispatchChange(
            claim: claim, arrow: .cancel, message: "Cancelled", attempt: .cancelled)
    }
}

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

/// When a dispatch that bounced softly is sent again.
package enum SoftRetry {
    /// How far a retry is moved either way, so that what bounced together does not come back
    /// together to a server that has just come up.
    package static let jitterFraction = 0.1

    /// The time of the next submission, or nil where the send plan's delays are used up and the
    /// user is to be asked.
    ///
    /// `submissions` counts those that the provider has taken, the bounced one included; `delays`
    /// are the send plan's seconds after each soft bounce; `jitter` is 0 to 1, and one half is
    /// the delay itself.
    package static func next(
        submissions: Int, delays: [Int], bouncedAt: Date, jitter: Double
    ) -> Date? {
        guard delays.indices.contains(submissions - 1) else { return nil }
        let factor = 1 + jitterFraction * (2 * min(max(jitter, 0), 1) - 1)
        return bouncedAt + Double(delays[submissions - 1]) * factor
    }
}

/// How long what the provider did not take now waits before the next try.
///
/// Doubles from `firstSeconds` to `capSeconds`, as Postfix does between minimal_backoff_time and
/// maximal_backoff_time; half of each wait is drawn by chance, so that what failed together does
/// not come back together.
package struct Backoff: Hashable, Sendable {
    package var firstSeconds: Double
    package var capSeconds: Double

    package init(firstSeconds: Double = 60, capSeconds: Double = 3_600) {
        self.firstSeconds = firstSeconds
        self.capSeconds = capSeconds
    }

    /// The wait after that many tries in vain, 1 for the first; `jitter` is 0 to 1.
    ///
    /// The first wait is whole: a provider that said no a moment ago is not asked again before.
    package func delaySeconds(after tries: Int, jitter: Double) -> Double {
        let doublings = min(max(tries - 1, 0), Self.doublingsMax)
        let whole = min(capSeconds, firstSeconds * Double(1 << doublings))
        return max(min(firstSeconds, capSeconds), whole * (1 + min(max(jitter, 0), 1)) / 2)
    }

    /// More would overflow, and any cap has been reached long before.
    private static let doublingsMax = 30
}
