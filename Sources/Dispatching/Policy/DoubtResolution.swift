package import FoundationEssentials

/// What a tenant wants where a submission in doubt cannot be resolved by asking.
package enum InDoubtPolicy: String, Codable, Sendable, CaseIterable {
    /// A person decides.
    case park
    /// It is sent again with the same Message-ID, at the risk of a second copy.
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
        case .forgotten(let reason):
            guard decided == .resend else { return parked(claim, reason) }
            return again(claim, "sent again as it was asked for", now: now, jitter: jitter)
        case .unsupported:
            guard decided ?? policy == .resend else {
                return parked(claim, "the provider can't be asked")
            }
            return again(
                claim,
                decided == nil
                    ? "sent again by the tenant's policy" : "sent again as it was asked for",
                now: now, jitter: jitter)
        }
    }

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
