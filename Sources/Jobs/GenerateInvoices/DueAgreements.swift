import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store

/// Goes through all due agreements, each once, a batch of several tenants a transaction.
///
/// The tenants of a batch are locked by their number series; those that another process works on
/// are left to it. Each tenant is read on from where the last batch ended, so an agreement that
/// stays due because of a fault is looked at once a run.
final class DueAgreements {
    /// How many tenants share a batch.
    static let tenantsMax = 64

    private let bench: Workbench
    private var positions: [Int64: RecurringInvoices.Position] = [:]
    private var lastTenant: Int64 = 0
    private var isExhausted = false
    private var remaining: Int

    init(bench: Workbench) {
        self.bench = bench
        remaining = bench.context.limit ?? .max
    }

    func run(_ counts: inout GenerateCounts) throws {
        while !bench.context.stop.isRequested, remaining > 0 {
            try refill()
            guard !positions.isEmpty else { return }
            let result = try bench.transaction { try batch() }
            apply(result, &counts)
        }
    }

    /// Adds tenants until there are enough to share a batch.
    private func refill() throws {
        if let only = bench.context.tenantID {
            if !isExhausted { positions[only] = RecurringInvoices.Position(tenantID: only) }
            isExhausted = true
        }
        while !isExhausted, positions.count < Self.tenantsMax {
            let more = try RecurringInvoices(bench.connection).dueTenants(
                after: lastTenant, now: bench.now, limit: Self.tenantsMax - positions.count)
            guard let last = more.last else {
                isExhausted = true
                return
            }
            for tenantID in more {
                positions[tenantID] = RecurringInvoices.Position(tenantID: tenantID)
            }
            lastTenant = last
        }
    }

    /// What one batch did: written when its transaction is committed, not before.
    private struct BatchResult {
        var counts = GenerateCounts()
        var positions: [Int64: RecurringInvoices.Position] = [:]
        var taken = 0
    }

    private func batch() throws -> BatchResult {
        var result = BatchResult()
        let numbers = try NumberSeries(bench.connection).lock(
            tenants: positions.keys.sorted())
        guard !numbers.isEmpty else { return result }
        let size = min(bench.context.settings.generate.batch, remaining)
        let share = max(1, size / numbers.count)
        let due = try RecurringInvoices(bench.connection).due(
            after: positions.values.filter { numbers[$0.tenantID] != nil }, share: share,
            now: bench.now)
        try bench.setups.load(numbers.keys)
        try make(due, numbers: numbers, &result.counts)
        result.taken = due.count
        for (tenantID, agreements) in Dictionary(grouping: due, by: \.tenantID)
        where agreements.count == share {
            result.positions[tenantID] = agreements.last.map { last in
                RecurringInvoices.Position(
                    tenantID: tenantID, prepareOn: last.prepareOn, number: last.agreement.number)
            }
        }
        return result
    }

    /// Tenants that gave less than their share are done; so are those that another works on.
    private func apply(_ result: BatchResult, _ counts: inout GenerateCounts) {
        for tenantID in positions.keys where result.positions[tenantID] == nil {
            bench.setups.forget(tenantID)
        }
        positions = result.positions
        remaining -= result.taken
        counts.add(result.counts)
    }

    /// All at once; where the database refuses one of them, each alone.
    private func make(
        _ due: [RecurringInvoices.Due], numbers: [Int64: Int64], _ counts: inout GenerateCounts
    ) throws {
        guard !due.isEmpty else { return }
        do {
            let made = try bench.connection.savepoint {
                try AgreementBatch(bench: bench, due: due, numbers: numbers).write()
            }
            counts.add(made.counts)
        } catch let error as PostgresError where error.sqlState?.isData == true && due.count > 1 {
            try makeEach(due, numbers: numbers, &counts)
        } catch let error as PostgresError where error.sqlState?.isData == true {
            try park(due[0], error, &counts)
        }
    }

    private func makeEach(
        _ due: [RecurringInvoices.Due], numbers: [Int64: Int64], _ counts: inout GenerateCounts
    ) throws {
        var numbers = numbers
        for one in due {
            do {
                let made = try bench.connection.savepoint {
                    try AgreementBatch(bench: bench, due: [one], numbers: numbers).write()
                }
                counts.add(made.counts)
                numbers = made.numbers
            } catch let error as PostgresError where error.sqlState?.isData == true {
                try park(one, error, &counts)
            }
        }
    }

    /// One bad agreement never stops the rest: it fails by itself, and is told of.
    private func park(
        _ due: RecurringInvoices.Due, _ error: PostgresError, _ counts: inout GenerateCounts
    ) throws {
        bench.context.log.error(
            "agreement refused by the database",
            metadata: [
                "tenant": "\(due.tenantID)", "agreement": "\(due.agreement.number)",
                "reason": "\(error)",
            ])
        counts.errors += 1
        try AgreementBatch(bench: bench, due: [due], numbers: [:])
            .fail(due, faults: [Fault(.internalError, error.constraint ?? error.message)])
    }
}

extension GenerateCounts {
    mutating func add(_ other: GenerateCounts) {
        invoices += other.invoices
        queued += other.queued
        failed += other.failed
        stopped += other.stopped
        skippedPeriods += other.skippedPeriods
        overdue += other.overdue
        mended += other.mended
        reports += other.reports
        noticesAsked += other.noticesAsked
        errors += other.errors
    }
}
