package import FoundationEssentials

/// What a tenant wants where a submission in doubt cannot be resolved by asking.
package enum InDoubtPolicy: String, Codable, Sendable, CaseIterable {
    /// A person decides.
    case park
    /// It is sent again with the same Message-ID, at the risk of a second copy.
    case resend
}

extension SendPolicy {
    /// What becomes of a dispatch in doubt after the provider was asked.
    ///
    /// Found is sent. Absent is proof only when the window has passed since the attempt: until
    /// then it is asked again. Where the provider can't be asked, the tenant's policy decides.
    package func resolution(
        of claim: ClaimedDispatch, answer: LookupAnswer, policy: InDoubtPolicy, now: Date
    ) -> DispatchChange {
        switch answer {
        case .found(let id):
            return DispatchChange(
                claim: claim, state: .sent, attempt: .found,
                detail: "found at the provider", providerMessageID: id)
        case .absent where now < claim.claimedAt + Double(windowSeconds):
            return DispatchChange(
                claim: claim, state: .inDoubt, message: "In doubt: not found yet",
                reason: "in_doubt", resolveAt: now + Double(graceSeconds), attempt: .inDoubt,
                detail: "not found yet")
        case .absent:
            return again(claim, outcome: .absent, detail: "not at the provider", now: now)
        case .unsupported:
            switch policy {
            case .park:
                return DispatchChange(
                    claim: claim, state: .inDoubt,
                    message: "In doubt: the provider can't be asked", reason: "in_doubt",
                    isParked: true, attempt: .parked, detail: "the provider can't be asked")
            case .resend:
                return again(
                    claim, outcome: .absent, detail: "sent again by the tenant's policy",
                    now: now)
            }
        }
    }

    private func again(
        _ claim: ClaimedDispatch, outcome: AttemptOutcome, detail: String, now: Date
    ) -> DispatchChange {
        guard claim.attempt - claim.acceptedCount < attemptsMax else {
            return DispatchChange(
                claim: claim, state: .failed,
                message: "Given up after \(attemptsMax) attempts", reason: "given_up",
                attempt: outcome, detail: detail)
        }
        return DispatchChange(
            claim: claim, state: .queued, runAt: now, attempt: outcome, detail: detail)
    }
}
