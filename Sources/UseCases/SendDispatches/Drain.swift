import Dispatch
import Dispatching
import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store
import Synchronization
import Wire

/// One drain of the queue, from the first claim to the last outcome.
///
/// Three loops with two bounded queues between them: one claims and reads ahead (`DispatchReader`),
/// one sends (here, on the caller's thread), one records (`OutcomeRecorder`). None waits for
/// another except through its queue.
final class Drain {
    /// How many outcomes may be waiting to be written.
    private static let doneMax = 2_000

    private let provider: any MailProvider
    private let context: RunContext
    private let policy: SendPolicy
    /// How long a request may take: a claim has to hold that long.
    private let requestDuration: Duration

    private let ready: DispatchReader.Queue
    private let held: HeldTenants
    private let done = OutcomeRecorder.Queue(weightMax: doneMax)
    /// Being sent, without an outcome yet.
    private var open: [UUID: DispatchReader.Item] = [:]
    private(set) var breaker: CircuitBreaker
    private(set) var counts = Counts()
    private var progress = Progress("sending")
    /// How many were due at the start; nil where nobody watches.
    private var total: Int?
    /// The tenants with an accepted message.
    private(set) var acceptedTenants: Set<Int64> = []

    struct Counts {
        var accepted = 0
        var refused = 0
        var postponed = 0
        var inDoubt = 0
        var suppressed = 0
        var cancelled = 0
        var lost = 0
        var released = 0
        var givenUp = 0
        /// How many were claimed; zero means nothing was due.
        var claimed = 0

        /// How many ended badly.
        var failed: Int { refused + suppressed + givenUp }
    }

    init(
        provider: any MailProvider, context: RunContext, policy: SendPolicy,
        breaker: CircuitBreaker, held: HeldTenants
    ) {
        self.provider = provider
        self.context = context
        self.policy = policy
        self.breaker = breaker
        self.held = held
        requestDuration = .seconds(context.settings.provider.account.timeoutSeconds)
        ready = DispatchReader.Queue(weightMax: context.settings.send.bytesInFlightMax)
    }

    /// Sends until the queue is empty, the limit is reached, or something stops it.
    ///
    /// `connect` opens a connection, on the thread that uses it.
    func run(
        mark: SenderMark, connect: @escaping @Sendable () throws -> Connection
    ) throws {
        defer { progress.end() }
        if progress.isOn {
            let due = try DispatchBacklog(connect()).dueCount(
                tenantID: context.tenantID, now: context.clock.now)
            total = min(due, context.limit ?? .max)
        }
        let threads = DrainThreads(
            ready: ready, done: done, context: context, mark: mark, held: held)
        threads.start(provider: provider.name, connect: connect)
        let failure: (any Error)?
        do {
            try provider.submit(next: next, finished: finished)
            let unexplained = breaker.finish()
            // If a stop cut the run short, nobody knows whether the failure would have repeated.
            for decision in unexplained where !context.stop.isRequested { try settle(decision) }
            for decision in unexplained where context.stop.isRequested {
                try release(decision.claim)
            }
            // Messages that the provider never answered are released, as if never begun.
            for item in open.values { try release(item.claim) }
            failure = nil
        } catch {
            // Known outcomes are written before the run ends; others are left to their leases.
            failure = error
        }
        try threads.end { [policy, context] claims in
            claims.map { policy.released($0, now: context.clock.now) }
        }
        if let failure { throw failure }
    }

    private var isStopping: Bool {
        context.stop.isRequested || breaker.isOpen
    }

    // MARK: What goes out

    private func next() throws -> OutgoingMessage? {
        while !isStopping, let item = try ready.take(isWaiting: open.isEmpty) {
            counts.claimed += 1
            if let message = try begin(item) { return message }
            ready.free(item.weight)
        }
        return nil
    }

    /// The message, if it may be sent now; otherwise the dispatch ends here.
    private func begin(_ item: DispatchReader.Item) throws -> OutgoingMessage? {
        let claim = item.claim
        switch item.readiness {
        case .lost: counts.lost += 1
        case .cancelled:
            counts.cancelled += 1
            try record(policy.cancelled(claim))
        case .suppressed:
            counts.suppressed += 1
            try record(policy.suppressed(claim))
        case .unsendable(let fault):
            counts.refused += 1
            log("dispatch can't be sent", claim, fault)
            try record(policy.unsendable(claim, fault))
        case .ready where held.all.contains(claim.tenantID): try release(claim)
        // After a long suspension another process may have claimed it.
        case .ready where !claim.holds(for: requestDuration, at: .now): try release(claim)
        case .ready(var message):
            message.deadline = claim.leaseEnd
            open[claim.dispatchID] = item
            return message
        }
        return nil
    }

    private func release(_ claim: ClaimedDispatch) throws {
        counts.released += 1
        try record(policy.released(claim, now: context.clock.now))
    }

    // MARK: What comes back

    private func finished(_ message: OutgoingMessage, _ outcome: SubmitOutcome) throws {
        guard let item = open.removeValue(forKey: message.dispatchID) else { return }
        ready.free(item.weight)
        progress.show(counts.claimed - open.count, of: total)
        // Messages abandoned because of a stop say nothing about the provider.
        guard !context.stop.isRequested else {
            return try settle(.init(claim: item.claim, outcome: outcome))
        }
        for decision in breaker.decide(item.claim, outcome) { try settle(decision) }
        if breaker.heldTenants[item.claim.tenantID] != nil { held.insert(item.claim.tenantID) }
    }

    private func settle(_ decision: CircuitBreaker.Decision) throws {
        let change = policy.change(
            of: decision.claim, after: decision.outcome, now: context.clock.now,
            jitter: Double.random(in: 0..<1))
        count(change)
        try record(change)
    }

    private func count(_ change: DispatchChange) {
        switch change.arrow {
        case .accept:
            acceptedTenants.insert(change.claim.tenantID)
            return counts.accepted += 1
        case .refuse where change.attempt == .suppressed: counts.suppressed += 1
        case .refuse: counts.refused += 1
        case .doubt: counts.inDoubt += 1
        case .giveUp: counts.givenUp += 1
        default: counts.postponed += 1
        }
        log("dispatch \(change.arrow.rawValue)", change.claim, change.detail)
    }

    private func record(_ change: DispatchChange) throws {
        guard try done.reserve(1) else { return }
        done.put([change])
    }

    private func log(_ event: String, _ claim: ClaimedDispatch, _ reason: String) {
        context.log.warning(
            "\(event)",
            metadata: [
                "tenant": "\(claim.tenantID)",
                "dispatch": "\(claim.dispatchID.uuidString.lowercased())",
                "attempt": "\(claim.attempt)", "reason": "\(EmailAddress.masking(reason))",
            ])
    }
}

/// The two loops besides sending, each with its own thread and connection.
private final class DrainThreads: Sendable {
    private let ready: DispatchReader.Queue
    private let done: OutcomeRecorder.Queue
    private let context: RunContext
    private let mark: SenderMark
    private let held: HeldTenants
    private let reading = DispatchGroup()
    private let recording = DispatchGroup()
    /// Claims that were not read, and why a loop failed.
    private let unread = Mutex<[ClaimedDispatch]>([])
    private let failure = Mutex<(any Error)?>(nil)

    init(
        ready: DispatchReader.Queue, done: OutcomeRecorder.Queue, context: RunContext,
        mark: SenderMark, held: HeldTenants
    ) {
        (self.ready, self.done) = (ready, done)
        (self.context, self.mark, self.held) = (context, mark, held)
    }

    func start(provider: String, connect: @escaping @Sendable () throws -> Connection) {
        let (batch, clock) = (context.settings.send.batch, context.clock)
        run("budstikke.reader", reading) { [self] in
            var reader = DispatchReader(
                connection: try connect(), provider: provider, context: context, mark: mark,
                held: held)
            let rest = try reader.run(into: ready)
            unread.withLock { $0 = rest }
            ready.close()
        }
        run("budstikke.recorder", recording) { [self] in
            try OutcomeRecorder(connection: try connect(), provider: provider)
                .run(from: done, batch: batch, clock: clock)
        }
    }

    private func run(
        _ label: String, _ group: DispatchGroup, _ body: @escaping @Sendable () throws -> Void
    ) {
        DispatchQueue(label: label).async(group: group) { [self] in
            do {
                try body()
            } catch {
                failure.withLock { $0 = $0 ?? error }
                ready.fail(error)
                done.fail(error)
            }
        }
    }

    /// Releases what was read or claimed but never sent, and waits for the last record.
    func end(releasing: ([ClaimedDispatch]) -> [DispatchChange]) throws {
        ready.close()
        reading.wait()
        do {
            var unsent = unread.withLock(\.self)
            while let item = try ready.take(isWaiting: true) { unsent.append(item.claim) }
            if !unsent.isEmpty, try done.reserve(0) { done.put(releasing(unsent)) }
        } catch {
            // The failed loop has recorded the reason.
        }
        done.close()
        recording.wait()
        if let failure = failure.withLock(\.self) { throw failure }
    }
}
