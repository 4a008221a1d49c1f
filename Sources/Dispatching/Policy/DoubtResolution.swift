package import FoundationEssentials

/// What a tenant wants where a submission in doubt cannot be resolved by asking.
package enum InDoubtPolicy: String, Codable, Sendable, CaseIterable {
    /// A person decides.
    case park
    /// It is sent again, once, with the same Message-ID, at the risk of a second copy.
    case resend
}

extension SendPolicy {
    /// What becomes of a dispatch in doubt after the provider was asked, so long after the attempt.
    ///
    /// Found is sent. Absent is proof only when the window has passed since the attempt: until
    /// then it is asked again. Where the provider can't be asked, the tenant's policy decides; what
    /// it has forgotten is parked, since to send it again would be a guess. `decided` goes before
    /// both: after a recovery nothing is guessed, but what a person sends again is sent.
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
                claim: claim, arrow: .ask, message: "In doubt: not found yet", reason: "in_doubt",
                resolveAfterSeconds: graceSeconds, attempt: .inDoubt, detail: "not found yet")
        case .absent:
            return again(claim, "not at the provider", now: now, jitter: jitter)
        case .forgotten, .unsupported:
            if decided == .resend {
                return again(claim, "sent as it was asked for", now: now, jitter: jitter)
            }
            return unasked(claim, answer, policy: decided ?? policy, now: now)
        }
    }

    /// The provider does not say, and nobody has decided for this very dispatch.
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

    /// More, where the provider takes each and its answer is lost, would be a copy an hour.
    private static let resendsMax = 1

    /// It may have been taken, so that its attempt counts, and its line of history stays.
    private func resent(_ claim: ClaimedDispatch, now: Date) -> DispatchChange {
        let reason = "sent again by the tenant's policy"
        return DispatchChange(
            claim: claim, arrow: .retry, message: "In doubt: \(reason)", reason: "in_doubt",
            runAt: now, attempt: .inDoubt, detail: reason)
    }

    /// Leaves a doubt to a person.
    package func parked(_ claim: ClaimedDispatch, _ reason: String) -> DispatchChange {
        DispatchChange(
            claim: claim, arrow: .ask, message: "In doubt: \(reason)", reason: "in_doubt",
            isParked: true, attempt: .parked, detail: reason)
    }

    /// The provider never had it, so it was not now; it goes at once, unless that repeats.
    private func again(
        _ claim: ClaimedDispatch, _ reason: String, now: Date, jitter: Double
    ) -> DispatchChange {
        let delay =
            claim.deferrals == 0
            ? 0 : backoff.delaySeconds(after: claim.deferrals, jitter: jitter)
        return postponed(claim, reason, until: now + delay, now: now, attempt: .absent)
    }
}
