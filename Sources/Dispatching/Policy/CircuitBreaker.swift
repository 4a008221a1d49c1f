package import FoundationEssentials

/// Decides answer by answer to whom a refusal applies, and when to stop sending to the provider.
///
/// A refusal that is in no table is at first assumed to apply to the message: it is held until a
/// later message is accepted (then it applied to the message), or until another message gets the
/// same refusal (then it did not). A message that alone meets an account fault is set aside, and
/// the others continue; a second one in a row opens the circuit.
package struct CircuitBreaker: Sendable {
    /// The outcome of a message, once it can be decided.
    package struct Decision: Hashable, Sendable {
        package var claim: ClaimedDispatch
        package var outcome: SubmitOutcome

        package init(claim: ClaimedDispatch, outcome: SubmitOutcome) {
            self.claim = claim
            self.outcome = outcome
        }
    }

    /// This many account faults in a row are not due to one message.
    private static let accountFaultsMax = 2

    /// This many failures in a row, of any kind, are due to the provider.
    private let failuresMax: Int
    /// The signature of the last refusal in no table, from an earlier run, if nothing was accepted
    /// since.
    private var remembered: String?
    private var unexplained: [(claim: ClaimedDispatch, refusal: Refusal)] = []
    private var failures = 0
    private var accountFaults = 0
    /// The last failure, if nothing was accepted since.
    private var last: Refusal?
    private var hasAccepted = false

    /// Why sending has to stop; nil while the circuit is closed.
    package private(set) var trouble: Refusal?
    /// The tenants whose sender is refused, so that nothing more is sent for them now.
    package private(set) var heldTenants: [Int64: Refusal] = [:]

    /// `remembered` is the `unexplainedRefusal` of the previous run; nil where there was none.
    package init(failuresMax: Int, remembered: String? = nil) {
        self.failuresMax = failuresMax
        self.remembered = remembered
    }

    /// Whether sending has to stop.
    package var isOpen: Bool { trouble != nil }

    /// Processes an answer, and returns what can be decided now: about this message, and about
    /// those held for it.
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
            // Not the provider's fault, unless there are many.
            case .message, .recipient: count(refusal)
            case .sender: heldTenants[claim.tenantID] = refusal
            case .account, .provider: failOfAccount(refusal)
            case .unknown: return decideUnknown(claim, refusal)
            }
        }
        return [Decision(claim: claim, outcome: outcome)]
    }

    /// Decides about what is still held when nothing more is sent; opens the circuit where the
    /// provider was last heard to fail.
    ///
    /// While the provider is failing it can't be decided to whom a refusal applied, so what was
    /// held waits.
    package mutating func finish() -> [Decision] {
        if trouble == nil, let last, !hasAccepted || last.isCertain { trouble = last }
        let rest = isOpen ? resolveUnexplained(as: .account, .unknown) : endUnexplained()
        if trouble == nil, !hasAccepted { trouble = heldTenants.min { $0.key < $1.key }?.value }
        return rest
    }

    /// The signature of a refusal that the next run should know, since nothing was accepted after
    /// it; nil for none.
    package var unexplainedRefusal: String? { remembered }

    // MARK: What an answer does

    private mutating func accepted() -> [Decision] {
        (failures, accountFaults, last, hasAccepted) = (0, 0, nil, true)
        if let open = trouble, !open.asksToWait { trouble = nil }
        let rest = endUnexplained()
        remembered = nil
        return rest
    }

    /// The provider has decided on a message, so it is available; that says nothing about the
    /// account.
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

    /// What was held applied to the messages after all.
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
    /// Whether the provider asked to wait, so that continuing would overload it.
    fileprivate var asksToWait: Bool { cause == .busy || cause == .exhausted }

    /// Whether it is certainly an account fault, although others were accepted before.
    fileprivate var isCertain: Bool {
        switch cause {
        case .unreachable, .down: false
        default: subject == .account || asksToWait
        }
    }
}

/// How long nothing is sent to the provider; shared by all machines and runs.
package struct ProviderPause: Hashable, Sendable {
    /// When the trouble began.
    package var since: Date
    /// When the provider is tried again.
    package var until: Date
    /// How often it was tried in vain since then.
    package var tries: Int
    package var cause: Refusal.Cause
    /// The provider's words, on one line.
    package var reason: String

    package init(since: Date, until: Date, tries: Int, cause: Refusal.Cause, reason: String) {
        self.since = since
        self.until = until
        self.tries = tries
        self.cause = cause
        self.reason = reason
    }

    /// The limit unless the provider asks for more: one message every quarter of an hour overloads
    /// nobody, and a recovery is noticed soon.
    private static let capSeconds = 900.0

    /// The pause after a refusal, longer each time in a row; what the provider asks for is obeyed,
    /// however long it is.
    ///
    /// `jitter` is 0 to 1.
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
