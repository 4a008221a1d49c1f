package import FoundationEssentials

/// Judges answer by answer whom a no is about, and when the provider is to be left alone.
///
/// A no that no table knows is taken for the message's own only until it repeats: it is held back
/// until something is accepted after it (then it was the message's), or until the same comes to
/// another message (then it was not). A message that alone meets a fault of the account is set
/// aside, and the others go on; the second in a row opens the circuit.
package struct CircuitBreaker: Sendable {
    /// What an answer comes to, where that can be said.
    package struct Decision: Hashable, Sendable {
        package var claim: ClaimedDispatch
        package var outcome: SubmitOutcome

        package init(claim: ClaimedDispatch, outcome: SubmitOutcome) {
            self.claim = claim
            self.outcome = outcome
        }
    }

    /// So many faults of the account in a row are no one message's.
    private static let accountFaultsMax = 2

    /// So many failures in a row, of whatever kind, are the provider's.
    private let failuresMax: Int
    /// The last no that no table knew, of an earlier run, where nothing was accepted since.
    private var remembered: String?
    private var unexplained: [(claim: ClaimedDispatch, refusal: Refusal)] = []
    private var failures = 0
    private var accountFaults = 0
    /// The last failure since which nothing was accepted.
    private var last: Refusal?
    private var hasAccepted = false

    /// Why the provider is to be left alone; nil while the circuit is closed.
    package private(set) var trouble: Refusal?
    /// The tenants whose sender is refused, so that no more is sent for them now.
    package private(set) var heldTenants: [Int64: Refusal] = [:]

    package init(failuresMax: Int, remembered: String? = nil) {
        self.failuresMax = failuresMax
        self.remembered = remembered
    }

    package var isOpen: Bool { trouble != nil }

    /// Takes an answer in, and gives back what can be said now: of this message, and of those that
    /// waited for it.
    package mutating func decide(_ claim: ClaimedDispatch, _ outcome: SubmitOutcome) -> [Decision] {
        switch outcome {
        case .accepted:
            return accepted() + [Decision(claim: claim, outcome: outcome)]
        case .inDoubt(let reason):
            fail(Refusal(.provider, .down, reason))
        case .refused(let refusal) where refusal.isVerdict:
            heard()
        case .refused(let refusal):
            switch refusal.subject {
            // No trouble of the provider's, unless it comes to many.
            case .message, .recipient: count(refusal)
            case .sender: heldTenants[claim.tenantID] = refusal
            case .account, .provider: failOfAccount(refusal)
            case .unknown: return decideUnknown(claim, refusal)
            }
        }
        return [Decision(claim: claim, outcome: outcome)]
    }

    /// What is still held back when nothing more is sent; opens the circuit where the last that
    /// was heard of the provider was no good.
    ///
    /// Whose a no was can't be told of a provider in trouble: what was held back then waits.
    package mutating func finish() -> [Decision] {
        if trouble == nil, let last, !hasAccepted || last.isCertain { trouble = last }
        let rest = isOpen ? resolveUnexplained(as: .account, .unknown) : endUnexplained()
        if trouble == nil, !hasAccepted { trouble = heldTenants.min { $0.key < $1.key }?.value }
        return rest
    }

    /// The no that the next run is to know of, since nothing was accepted after it.
    package var unexplainedNo: String? { remembered }

    // MARK: What an answer does

    private mutating func accepted() -> [Decision] {
        (failures, accountFaults, last, hasAccepted) = (0, 0, nil, true)
        if let open = trouble, !open.asksToWait { trouble = nil }
        let rest = endUnexplained()
        remembered = nil
        return rest
    }

    /// The provider has judged a message, so that it is there; of the account that says nothing.
    private mutating func heard() {
        (failures, accountFaults) = (0, 0)
        if let last, !last.isCertain { self.last = nil }
    }

    private mutating func fail(_ refusal: Refusal) {
        last = refusal
        count(refusal)
    }

    private mutating func count(_ refusal: Refusal) {
        failures += 1
        if failures >= failuresMax { open(refusal) }
    }

    private mutating func failOfAccount(_ refusal: Refusal) {
        guard refusal.cause != .unreachable, refusal.cause != .down else { return fail(refusal) }
        accountFaults += 1
        last = refusal
        if accountFaults >= Self.accountFaultsMax || refusal.asksToWait
            || refusal.cause == .untrusted
        {
            open(refusal)
        }
    }

    private mutating func open(_ refusal: Refusal) {
        trouble = trouble ?? refusal
    }

    private mutating func decideUnknown(
        _ claim: ClaimedDispatch, _ refusal: Refusal
    ) -> [Decision] {
        unexplained.append((claim, refusal))
        let signature = refusal.signature
        let repeats = unexplained.count { $0.refusal.signature == signature } > 1
        guard repeats || isOpen || remembered == signature || unexplained.count >= failuresMax
        else { return [] }
        remembered = signature
        open(Refusal(.account, .unknown, refusal.reason))
        return resolveUnexplained(as: .account, .unknown)
    }

    /// What was held back was the messages' own after all.
    private mutating func endUnexplained() -> [Decision] {
        if let refusal = unexplained.last?.refusal { remembered = refusal.signature }
        return resolveUnexplained(as: .message, .content)
    }

    private mutating func resolveUnexplained(
        as subject: Refusal.Subject, _ cause: Refusal.Cause
    ) -> [Decision] {
        defer { unexplained = [] }
        return unexplained.map { held in
            var refusal = held.refusal
            (refusal.subject, refusal.cause) = (subject, cause)
            return Decision(claim: held.claim, outcome: .refused(refusal))
        }
    }
}

extension Refusal {
    /// Whether the provider said when, or that, it will take more: to go on would be to hammer it.
    fileprivate var asksToWait: Bool { cause == .busy || cause == .exhausted }

    /// Whether it is a fault of the account for certain, though others were accepted before.
    fileprivate var isCertain: Bool {
        switch cause {
        case .unreachable, .down: false
        default: subject == .account || asksToWait
        }
    }
}

/// How long the provider is left alone: remembered for every machine and every run.
package struct ProviderPause: Hashable, Sendable {
    /// When the trouble began.
    package var since: Date
    package var until: Date
    /// How often it was tried in vain since.
    package var tries: Int
    package var cause: Refusal.Cause
    package var reason: String

    package init(since: Date, until: Date, tries: Int, cause: Refusal.Cause, reason: String) {
        self.since = since
        self.until = until
        self.tries = tries
        self.cause = cause
        self.reason = reason
    }

    /// Longer than this the provider is not left alone unless it asks for it: one message a quarter
    /// of an hour hammers nobody, and what is mended is found out soon.
    private static let capSeconds = 900.0

    /// The pause after a refusal, longer each time in a row; what the provider asks is obeyed
    /// however long it is.
    package init(
        after refusal: Refusal, following last: ProviderPause?, backoff: Backoff, now: Date,
        jitter: Double
    ) {
        let tries = (last?.tries ?? 0) + 1
        var backoff = backoff
        backoff.capSeconds = min(backoff.capSeconds, Self.capSeconds)
        let delay = max(
            backoff.delaySeconds(after: tries, jitter: jitter),
            Double(refusal.retryAfterSeconds ?? 0))
        self.init(
            since: last?.since ?? now, until: now + delay, tries: tries, cause: refusal.cause,
            reason: refusal.reason)
    }
}
