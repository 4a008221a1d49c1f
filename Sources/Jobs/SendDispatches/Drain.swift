import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store

/// One drain of the queue, from the first claim to the last outcome.
final class Drain {
    /// How many tenants share a batch; fair, and a bound on the look-up.
    static let tenantsMax = 64
    /// How many messages are read with their files at a time: a bound on memory.
    static let sliceMax = 32
    /// Outcomes wait for company, but no longer than this.
    static let recordSecondsMax = 0.5

    static let owner =
        "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier)"

    private let connection: Connection
    private let provider: any MailProvider
    private let context: RunContext
    private let policy: SendPolicy
    private let queue: DispatchQueue
    private let messages: DispatchMessages

    /// Claimed, not yet read.
    private var claims: ArraySlice<ClaimedDispatch> = []
    /// Read, not yet on the wire.
    private var ready: ArraySlice<OutgoingMessage> = []
    /// Taken from the database and not yet written back.
    private var open: [UUID: ClaimedDispatch] = [:]
    private var changes: [DispatchChange] = []
    private var recordedAt = ContinuousClock.now
    private var lastTenant: Int64 = 0
    private var claimedCount = 0
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

    init(
        connection: Connection, provider: any MailProvider, context: RunContext,
        policy: SendPolicy
    ) {
        self.connection = connection
        self.provider = provider
        self.context = context
        self.policy = policy
        queue = DispatchQueue(connection)
        messages = DispatchMessages(connection)
        breaker = CircuitBreaker(failuresMax: context.settings.send.breakerFailures)
    }

    /// Sends until the queue is empty, the limit is reached, or something says stop.
    func run() throws {
        do {
            try provider.submit(next: next, finished: finished)
        } catch {
            // What is known is written before the run ends; what is not runs into its lease.
            try? record()
            throw error
        }
        try record()
        try releaseRest()
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
            if claims.isEmpty, try !claim() { return nil }
            try readSlice()
        }
        return isStopping ? nil : ready.popFirst()
    }

    /// Claims a batch, going round the tenants from where the last claim ended.
    private func claim() throws -> Bool {
        let settings = context.settings.send
        let room = min(settings.batch, (context.limit ?? .max) - claimedCount)
        guard room > 0 else { return false }
        let now = context.clock.now
        var tenants =
            try context.tenantID.map { [$0] }
            ?? queue.dueTenants(after: lastTenant, now: now, limit: min(room, Self.tenantsMax))
        if tenants.isEmpty, lastTenant > 0 {
            tenants = try queue.dueTenants(after: 0, now: now, limit: min(room, Self.tenantsMax))
        }
        lastTenant = tenants.last ?? 0
        let batch = try queue.claim(
            tenants: tenants, limit: room, owner: Self.owner,
            leaseSeconds: settings.leaseSeconds, now: now)
        for claim in batch { open[claim.dispatchID] = claim }
        claimedCount += batch.count
        claims = batch[...]
        return !batch.isEmpty
    }

    /// Reads the next claims with their files; what may not go out ends here.
    private func readSlice() throws {
        let slice = Array(claims.prefix(Self.sliceMax))
        claims = claims.dropFirst(slice.count)
        var outgoing: [OutgoingMessage] = []
        for (claim, readiness) in try messages.load(slice, provider: provider.name) {
            switch readiness {
            case .ready(let message): outgoing.append(message)
            case .cancelled:
                counts.cancelled += 1
                end(claim, policy.cancelled(claim))
            case .suppressed:
                counts.suppressed += 1
                end(claim, policy.suppressed(claim))
            case .lost:
                counts.lost += 1
                open[claim.dispatchID] = nil
            }
        }
        ready = outgoing[...]
    }

    // MARK: What comes back

    private func finished(_ message: OutgoingMessage, _ outcome: SubmitOutcome) throws {
        guard let claim = open[message.dispatchID] else { return }
        // What is given up at a stop says nothing of the provider.
        if !context.stop.isRequested { breaker.note(outcome) }
        let change = policy.change(
            of: claim, after: outcome, now: context.clock.now, jitter: Double.random(in: 0..<1))
        note(outcome, change, of: claim)
        end(claim, change)
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

    private func end(_ claim: ClaimedDispatch, _ change: DispatchChange) {
        open[claim.dispatchID] = nil
        changes.append(change)
    }

    private func recordIfDue() throws {
        guard !changes.isEmpty else { return }
        let waited = ContinuousClock.now - recordedAt
        guard
            changes.count >= context.settings.send.batch
                || waited >= .seconds(Self.recordSecondsMax)
        else { return }
        try record()
    }

    private func record() throws {
        defer { recordedAt = .now }
        guard !changes.isEmpty else { return }
        let batch = changes
        changes = []
        try RecordOutcomes(connection: connection, provider: provider.name)
            .record(batch, now: context.clock.now)
    }

    /// Gives back what was claimed and never reached the wire.
    private func releaseRest() throws {
        let now = context.clock.now
        changes = open.values.map { policy.released($0, now: now) }
        open = [:]
        try record()
    }
}
