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

    package init(connection: Connection, context: RunContext, terms: MessageTerms) throws {
        dispatching = try DispatchingContext(
            connection: connection, context: context, terms: terms)
    }

    /// Runs all steps; in a dry run everything is rolled back.
    package func run() throws -> RunSummary {
        guard dispatching.context.isDryRun else { return try generate() }
        return try dispatching.connection.rehearsing { try generate() }
    }

    private func generate() throws -> RunSummary {
        var counts = GenerateCounts()
        try DueAgreements(dispatching: dispatching).run(&counts)
        let later = [
            AutomaticDispatches(dispatching: dispatching).run,
            UpcomingPriceIncreases(dispatching: dispatching).run,
            ResolvedFaults(dispatching: dispatching).run,
            FaultReports(dispatching: dispatching).run,
        ]
        for step in later { try continuingAfterFailure(&counts, step) }
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

    func summary(isDryRun: Bool) -> RunSummary {
        RunSummary(
            job: "generate-invoices",
            counts: [
                ("invoices", invoices), ("queued", queued), ("stopped", failed),
                ("stopped_by_plan", stopped), ("periods_skipped", skippedPeriods),
                ("overdue_by_law", overdue), ("year_ahead_by_law", farAhead),
                ("mended", mended), ("reports", reports),
                ("price_notices_asked", noticesAsked), ("errors", errors),
            ],
            failed: failed + errors,
            notes: isDryRun ? ["dry run: nothing was changed"] : [])
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
                    tenantID: dispatching.context.tenantID, limit: wanted)
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
