import Dispatching
import FoundationEssentials
import Invoicing
import Logging
import Store
package import Postgres
package import Runtime

/// The nightly run: due agreements and automatic dispatches become invoices, documents and
/// dispatches.
///
/// Faults are reported once, and so is their resolution. A second run, or two at once on two
/// machines, changes nothing: an agreement moves on in the transaction that made its invoice, under
/// the lock of its tenant's number series.
package struct GenerateInvoices {
    let dispatching: DispatchingContext
    let isApproved: Bool
    let isNightly: Bool

    /// `isApproved` makes what is due even where it is far more than ever before; `isNightly` takes
    /// each tenant once a day, when its own night has come.
    package init(
        connection: Connection, context: RunContext, terms: MessageTerms, isApproved: Bool = false,
        isNightly: Bool = false
    ) throws {
        dispatching = try DispatchingContext(
            connection: connection, context: context, terms: terms)
        self.isApproved = isApproved
        self.isNightly = isNightly
    }

    /// Runs all steps; in a dry run everything is rolled back.
    package func run() throws -> RunSummary {
        guard dispatching.context.isDryRun else { return try generate() }
        return try dispatching.connection.rehearsing { try generate() }
    }

    private func generate() throws -> RunSummary {
        var counts = GenerateCounts()
        let nights = TenantNights(dispatching.connection)
        var turn = TenantsInTurn()
        if isNightly {
            turn.nights = try nights.due(
                tenantID: dispatching.context.tenantID, now: dispatching.now)
        }
        let asked = try UnusualNights(dispatching: dispatching, isApproved: isApproved).ask()
            .filter { turn.contains($0.key) }
        counts.asked = asked.sorted { $0.key < $1.key }.map(\.value)
        turn.awaiting = Set(asked.keys)
        let agreements = DueAgreements(dispatching: dispatching, of: turn)
        try agreements.run(&counts)
        let later = [
            AutomaticDispatches(dispatching: dispatching, of: turn).run,
            UpcomingPriceIncreases(dispatching: dispatching).run,
            ResolvedFaults(dispatching: dispatching).run,
            FaultReports(dispatching: dispatching).run,
        ]
        for step in later { try continuingAfterFailure(&counts, step) }
        if let done = turn.nights, !dispatching.context.stop.isRequested,
            dispatching.context.limit == nil
        {
            try nights.finish(done.filter { !agreements.leftToOthers.contains($0.key) })
        }
        return counts.summary(isDryRun: dispatching.context.isDryRun)
    }

    /// Runs a step.
    ///
    /// A row that can't be read is a fault of its item; if even that can't be recorded, the step
    /// ends, the later ones are run nevertheless, and the run fails.
    private func continuingAfterFailure(
        _ counts: inout GenerateCounts, _ step: (inout GenerateCounts) throws -> Void
    ) throws {
        do {
            try step(&counts)
        } catch {
            guard let fault = try UnreadableRow(dispatching.connection).fault(error)
            else { throw error }
            dispatching.context.log.error(
                "a row can't be read", metadata: ["row": "\(fault.detail)"])
            counts.errors += 1
        }
    }
}

/// What the steps of a night share: connection, composer, set-up.
final class DispatchingContext {
    let connection: Connection
    let context: RunContext
    let composer: DispatchComposer
    let setups: TenantSetups
    let proofs: AttachmentValidations
    let lostSubmissions: LostSubmissions
    let logos: LogoDrawer
    let providerName: String
    let sender: SenderIdentity
    /// How many days ahead of today the run is calculated, for a forecast.
    let daysAhead: Int

    init(
        connection: Connection, context: RunContext, terms: MessageTerms, daysAhead: Int = 0
    ) throws {
        self.daysAhead = daysAhead
        self.connection = connection
        self.context = context
        sender = terms.sender
        composer = try DispatchComposer(limits: terms.limits, sender: sender)
        setups = TenantSetups(connection)
        proofs = AttachmentValidations(connection)
        logos = LogoDrawer(connection, context: context)
        lostSubmissions = try LostSubmissions(connection, now: context.clock.now)
        providerName = terms.limits.provider
    }

    var now: Date {
        context.clock.now
    }

    /// A transaction that is repeated once if another run has just created a dispatch of the same
    /// id: the next place is free then.
    func transactionWithoutClash<T>(_ body: () throws -> T) throws -> T {
        do {
            return try transaction(body)
        } catch StoreError.dispatchExists {
            return try transaction(body)
        }
    }

    /// A transaction, rolled back by a dry run; within another one, a savepoint.
    func transaction<T>(_ body: () throws -> T) throws -> T {
        if connection.isInTransaction { return try connection.savepoint(body) }
        return try connection.retrying {
            try connection.committing(unlessDry: context.isDryRun, body)
        }
    }
}

/// The results of a night.
struct GenerateCounts {
    var invoices = 0
    var queued = 0
    var failed = 0
    var stopped = 0
    var skippedPeriods = 0
    var overdue = 0
    var farAhead = 0
    var mended = 0
    var reports = 0
    var noticesAsked = 0
    var errors = 0
    /// How many agreements and invoices were looked at: what a limit counts.
    var taken = 0
    /// The tenants of which nothing was made until a person approves it, a sentence each.
    var asked: [String] = []

    func summary(isDryRun: Bool) -> RunSummary {
        RunSummary(
            job: "generate-invoices",
            counts: [
                ("invoices", invoices), ("queued", queued), ("stopped", failed),
                ("stopped_by_plan", stopped), ("periods_skipped", skippedPeriods),
                ("overdue_by_law", overdue), ("year_ahead_by_law", farAhead),
                ("mended", mended), ("reports", reports),
                ("price_notices_asked", noticesAsked), ("errors", errors),
                ("approvals_asked", asked.count),
            ],
            failed: failed + errors + asked.count,
            notes: asked + (isDryRun ? ["dry run: nothing was changed"] : []))
    }

    mutating func count(_ composed: ComposedDispatch) {
        switch composed.new.content {
        case .message, .outbox, .letter: queued += 1
        case .faults: failed += 1
        case .stopped: stopped += 1
        }
    }
}

/// Creates the dispatches of invoices made elsewhere: automatic dispatch.
struct AutomaticDispatches {
    let dispatching: DispatchingContext
    let turn: TenantsInTurn

    init(dispatching: DispatchingContext, of turn: TenantsInTurn = TenantsInTurn()) {
        self.dispatching = dispatching
        self.turn = turn
    }

    func run(_ counts: inout GenerateCounts) throws {
        let batch = dispatching.context.settings.generate.batch
        try dispatching.logos.prepare(
            InvoiceReader(dispatching.connection).automaticTenants(
                tenantID: dispatching.context.tenantID))
        var progress = try AutomaticProgress(dispatching)
        defer { progress.end() }
        while !dispatching.context.stop.isRequested {
            let left = dispatching.context.limit.map { $0 - counts.taken } ?? .max
            guard left > 0 else { return }
            let wanted = min(batch, left)
            let made: (taken: Int, counts: GenerateCounts) = try dispatching.transaction {
                let keys = try InvoiceReader(dispatching.connection).claimAutomatic(
                    tenantID: dispatching.context.tenantID, among: turn.among,
                    except: turn.awaiting, limit: wanted)
                try GeneratedDays(dispatching.connection).add(
                    Dictionary(keys.map { ($0.tenantID, 1) }, uniquingKeysWith: +),
                    now: dispatching.now)
                return (keys.count, try dispatch(keys))
            }
            counts.add(made.counts)
            counts.taken += made.taken
            progress.add(made.taken)
            guard made.taken == wanted else { return }
        }
    }

    /// What is known of how many there are.
    private struct AutomaticProgress {
        private var progress = Progress("imported invoices")
        private let total: Int?
        private var done = 0

        init(_ dispatching: DispatchingContext) throws {
            total =
                progress.isOn
                ? try InvoiceReader(dispatching.connection).automaticCount(
                    tenantID: dispatching.context.tenantID) : nil
        }

        mutating func add(_ count: Int) {
            done += count
            progress.show(done, of: total)
        }

        func end() { progress.end() }
    }

    private func dispatch(
        _ keys: [(tenantID: Int64, invoiceID: UUID)]
    ) throws -> GenerateCounts {
        try dispatching.containing(keys) { keys in
            var counts = GenerateCounts()
            for composed in try InvoiceDispatching(dispatching: dispatching).dispatch(
                keys.map { .init($0) })
            {
                counts.count(composed)
            }
            return counts
        } otherwise: { key, fault in
            try UnreadableInvoices(dispatching: dispatching).fail(key, fault)
        }.reduce(into: GenerateCounts()) { $0.add($1) }
    }
}
