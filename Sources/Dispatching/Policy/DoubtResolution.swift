package import FoundationEssentials

/// A tenant's policy for submissions in doubt that can't be resolved by asking.
package enum InDoubtPolicy: String, Codable, Sendable, CaseIterable {
    /// A person decides.
    case park
    /// It is sent again, once, with the same Message-ID, at the risk of a duplicate.
    case resend
}

extension SendPolicy {
    /// The change for a dispatch in doubt after the provider was asked, `ageSeconds` after the
    /// attempt.
    ///
    /// Found means sent. Absent is proof only once the window has passed since the attempt: until
    /// then the provider is asked again. Where it can't be asked, the tenant's policy decides; what
    /// it no longer remembers is parked, since sending it again would be a guess. `decided`
    /// overrides both: after a recovery nothing is guessed, but what a person resends is sent.
    package func resolution(
        of claim: ClaimedDispatch, answer: LookupAnswer, ageSeconds: Double,
        policy: InDoubtPolicy, decided: InDoubtPolicy? = nil, now: Date, jitter: Double
    ) -> DispatchChange {
        switch answer {
        case .found(let id):
            return DispatchChange(
                claim: claim, arrow: .accept, attempt: .found, detail: "found at the provider",
                providerMessageID: id)
        case .absent where ageSeconds < Double(windowSeconds):
            return DispatchChange(
                claim: claim, arrow: .ask, message: "In doubt: not found yet",
                reason: DispatchReason.inDoubt.rawValue, resolveAfterSeconds: graceSeconds,
                attempt: .inDoubt, detail: "not found yet")
        case .absent:
            return again(claim, "not at the provider", now: now, jitter: jitter)
        case .forgotten, .unsupported:
            if decided == .resend {
                return again(claim, "sent as it was asked for", now: now, jitter: jitter)
            }
            return unasked(claim, answer, policy: decided ?? policy, now: now)
        }
    }

    /// The provider gives no answer, and nobody has decided about this dispatch.
    private func unasked(
        _ claim: ClaimedDispatch, _ answer: LookupAnswer, policy: InDoubtPolicy, now: Date
    ) -> DispatchChange {
        if case .forgotten(let reason) = answer { return parked(claim, reason) }
        let doubts = claim.attempt - claim.acceptedCount
        guard policy == .resend, doubts <= Self.resendsMax else {
            return parked(claim, "the provider can't be asked")
        }
        return resent(claim, now: now)
    }

    /// More would result in a duplicate an hour, where the provider accepts each and its answer is
    /// lost.
    private static let resendsMax = 1

    /// It may have been accepted, so the attempt counts, and its history entry remains.
    private func resent(_ claim: ClaimedDispatch, now: Date) -> DispatchChange {
        let reason = "sent again by the tenant's policy"
        return DispatchChange(
            claim: claim, arrow: .retry, message: "In doubt: \(reason)",
            reason: DispatchReason.inDoubt.rawValue, runAt: now, attempt: .inDoubt, detail: reason)
    }

    /// Leaves a doubt to a person.
    package func parked(_ claim: ClaimedDispatch, _ reason: String) -> DispatchChange {
        DispatchChange(
            claim: claim, arrow: .ask, message: "In doubt: \(reason)",
            reason: DispatchReason.inDoubt.rawValue, isParked: true, attempt: .parked,
            detail: reason)
    }

    /// The provider never received it, so the attempt does not count; it is sent at once, unless
    /// that happens repeatedly.
    private func again(
        _ claim: ClaimedDispatch, _ reason: String, now: Date, jitter: Double
    ) -> DispatchChange {
        let delay =
            claim.deferrals == 0
            ? 0 : backoff.delaySeconds(after: claim.deferrals, jitter: jitter)
        return postponed(claim, reason, until: now + delay, now: now, attempt: .absent)
    }
}
