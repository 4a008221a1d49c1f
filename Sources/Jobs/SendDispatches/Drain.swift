import Dispatching
import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store

/// One drain of the queue, from the first claim to the last outcome.
///
/// The wire's side; `DispatchFeed` is the database's.
final class Drain {
    /// Outcomes wait for company, but no longer than this.
    static let recordSecondsMax = 0.5

    private let feed: DispatchFeed
    private let provider: any MailProvider
    private let context: RunContext
    private let policy: SendPolicy

    /// Read, not yet on the wire.
    private var ready: ArraySlice<OutgoingMessage> = []
    /// Taken from the feed, and without an outcome.
    private var open: [UUID: ClaimedDispatch] = [:]
    private var changes: [DispatchChange] = []
    private var recordedAt = ContinuousClock.now
    private var breaker: CircuitBreaker
    private var counts = Counts()
    /// Why nothing more can be sent on this account now.
    private var accountTrouble: ProviderError?

    struct Counts {
        var accepted = 0
        var refused = 0
        var postponed = 0
        var inDoubt = 0
        var suppressed = 0
        var cancelled = 0
        var lost = 0
    }

    /// Begins to read ahead; `connect` is called on another thread.
    init(
        provider: any MailProvider, context: RunContext, policy: SendPolicy,
        connect: @escaping @Sendable () throws -> Connection
    ) {
        self.provider = provider
        self.context = context
        self.policy = policy
        feed = DispatchFeed(
            provider: provider.name, context: context, policy: policy, connect: connect)
        breaker = CircuitBreaker(failuresMax: context.settings.send.breakerFailures)
    }

    /// Sends until the queue is empty, the limit is reached, or something says stop.
    func run() throws {
        do {
            try provider.submit(next: next, finished: finished)
        } catch {
            // What is known is written before the run ends; what is not runs into its lease.
            try? feed.end(changes)
            throw error
        }
        let now = context.clock.now
        try feed.end(changes + open.values.map { policy.released($0, now: now) })
        if let accountTrouble { throw accountTrouble }
        if let reason = breaker.reason {
            throw ProviderError.unavailable(provider: provider.name, reason: reason)
        }
    }

    func summary(resolved: ResolveInDoubt.Counts) -> RunSummary {
        RunSummary(
            job: "send-dispatches",
            counts: [
                ("sent", counts.accepted), ("postponed", counts.postponed),
                ("in_doubt", counts.inDoubt), ("refused", counts.refused),
                ("suppressed", counts.suppressed), ("cancelled", counts.cancelled),
                ("lost_leases", counts.lost + resolved.rescued),
                ("doubts_found", resolved.found), ("doubts_absent", resolved.absent),
                ("doubts_parked", resolved.parked),
            ],
            failed: counts.refused + counts.suppressed, notes: [])
    }

    private var isStopping: Bool {
        context.stop.isRequested || accountTrouble != nil || breaker.isOpen
    }

    // MARK: What goes out

    private func next() throws -> OutgoingMessage? {
        try recordIfDue()
        while ready.isEmpty {
            guard !isStopping else { return nil }
            let slice = try feed.next()
            if slice.isEmpty { return nil }
            take(slice)
        }
        return isStopping ? nil : ready.popFirst()
    }

    /// Takes in what was read; what may not go out ends here.
    private func take(_ slice: DispatchReader.Slice) {
        var outgoing: [OutgoingMessage] = []
        for (claim, readiness) in slice {
            switch readiness {
            case .ready(let message):
                open[claim.dispatchID] = claim
                outgoing.append(message)
            case .cancelled:
                counts.cancelled += 1
                changes.append(policy.cancelled(claim))
            case .suppressed:
                counts.suppressed += 1
                changes.append(policy.suppressed(claim))
            case .lost: counts.lost += 1
            }
        }
        ready = outgoing[...]
    }

    // MARK: What comes back

    private func finished(_ message: OutgoingMessage, _ outcome: SubmitOutcome) throws {
        guard let claim = open.removeValue(forKey: message.dispatchID) else { return }
        // What is given up at a stop says nothing of the provider.
        if !context.stop.isRequested { breaker.note(outcome) }
        let change = policy.change(
            of: claim, after: outcome, now: context.clock.now, jitter: Double.random(in: 0..<1))
        note(outcome, change, of: claim)
        changes.append(change)
        try recordIfDue()
    }

    private func note(
        _ outcome: SubmitOutcome, _ change: DispatchChange, of claim: ClaimedDispatch
    ) {
        switch outcome {
        case .accepted: counts.accepted += 1
        case .refused(let reason):
            counts.refused += 1
            log("dispatch refused", claim, reason)
        case .bounced(let evidence) where change.isFailure:
            counts.refused += 1
            log("dispatch bounced at once", claim, evidence.text)
        case .bounced(let evidence):
            counts.postponed += 1
            log("dispatch bounced softly at once", claim, evidence.text)
        case .suppressed(let reason):
            counts.suppressed += 1
            log("dispatch to a suppressed address", claim, reason)
        case .postponed(let reason, _):
            counts.postponed += 1
            log("dispatch postponed", claim, reason)
        case .inDoubt(let reason):
            counts.inDoubt += 1
            log("dispatch in doubt", claim, reason)
        case .accountRefused(let reason):
            accountTrouble = .unauthorized(provider: provider.name, reason: reason)
        case .untrusted(let reason):
            accountTrouble = .untrusted(provider: provider.name, reason: reason)
        }
    }

    private func log(_ event: Logger.Message, _ claim: ClaimedDispatch, _ reason: String) {
        context.log.warning(
            event,
            metadata: [
                "tenant": "\(claim.tenantID)", "dispatch": "\(claim.dispatchID)",
                "attempt": "\(claim.attempt)", "reason": "\(EmailAddress.masking(reason))",
            ])
    }

    private func recordIfDue() throws {
        guard !changes.isEmpty else { return }
        let waited = ContinuousClock.now - recordedAt
        guard
            changes.count >= context.settings.send.batch
                || waited >= .seconds(Self.recordSecondsMax)
        else { return }
        recordedAt = .now
        try feed.record(changes)
        changes = []
    }
}
