import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store

/// Processes all due agreements, each once per run; a batch of several tenants is one transaction.
///
/// A tenant's due agreements are read when its turn comes. An invoice moves its agreement on, and
/// the agreement is not looked at again before the next run, so that `catch_up_max` applies to a
/// run. The tenants of a batch are locked by their number series; those that another process works
/// on are left to it.
final class DueAgreements {
    /// How many tenants share a batch.
    static let tenantsMax = 64

    private let dispatching: DispatchingContext
    private let turn: TenantsInTurn
    /// The tenants that another process works on, and does the rest of.
    private(set) var leftToOthers: Set<Int64> = []
    /// The remaining agreements of each tenant, oldest first.
    private var waiting: [Int64: ArraySlice<AgreementKey>] = [:]
    private var lastTenant: Int64 = 0
    private var isExhausted = false

    init(dispatching: DispatchingContext, of turn: TenantsInTurn = TenantsInTurn()) {
        self.dispatching = dispatching
        self.turn = turn
    }

    func run(_ counts: inout GenerateCounts) throws {
        var progress = Progress("agreements")
        defer { progress.end() }
        let due =
            progress.isOn
            ? try RecurringInvoices(dispatching.connection).dueCount(
                tenantID: dispatching.context.tenantID, now: dispatching.now) : nil
        let total = due.map { min($0, dispatching.context.limit ?? .max) }
        while !dispatching.context.stop.isRequested {
            try refill()
            guard !waiting.isEmpty else { return }
            let batch = Array(waiting.keys.sorted().prefix(Self.tenantsMax))
            try dispatching.logos.prepare(batch)
            guard !dispatching.context.stop.isRequested else { return }
            let result = try dispatching.transaction { try generate(batch) }
            for tenantID in batch { move(tenantID, past: result.taken[tenantID]) }
            counts.add(result.counts)
            counts.taken += result.taken.values.reduce(0, +)
            progress.show(counts.taken, of: total)
        }
    }

    /// Adds tenants until there are enough to share a batch; a limited run selects all at once.
    private func refill() throws {
        let agreements = RecurringInvoices(dispatching.connection)
        while !isExhausted, waiting.count < Self.tenantsMax {
            let limit = dispatching.context.limit
            let tenants =
                try dispatching.context.tenantID.map { [$0] }
                ?? agreements.dueTenants(
                    after: lastTenant, now: dispatching.now,
                    limit: limit == nil ? Self.tenantsMax - waiting.count : .max)
            isExhausted = tenants.isEmpty || dispatching.context.tenantID != nil || limit != nil
            lastTenant = tenants.last ?? lastTenant
            let keys = try agreements.dueKeys(
                tenants: tenants.filter(turn.contains), now: dispatching.now, limit: limit)
            for (tenantID, keys) in Dictionary(grouping: keys, by: \.tenantID) {
                waiting[tenantID] = keys[...]
            }
        }
    }

    /// With nothing taken, another process has the tenant and does the rest of it.
    private func move(_ tenantID: Int64, past taken: Int?) {
        if taken == nil { leftToOthers.insert(tenantID) }
        let rest = taken.flatMap { waiting[tenantID]?.dropFirst($0) } ?? []
        waiting[tenantID] = rest.isEmpty ? nil : rest
        if rest.isEmpty { dispatching.setups.forget(tenantID) }
    }

    /// The result of one batch, applied when its transaction is committed, not before.
    private struct BatchResult {
        var counts = GenerateCounts()
        var taken: [Int64: Int] = [:]
    }

    private func generate(_ tenants: [Int64]) throws -> BatchResult {
        var result = BatchResult()
        let numbers = try NumberSeries(dispatching.connection).lock(tenants: tenants)
        guard !numbers.isEmpty else { return result }
        let share = max(1, dispatching.context.settings.generate.batch / numbers.count)
        let keys = numbers.keys.flatMap { waiting[$0]?.prefix(share) ?? [] }
        result.taken = Dictionary(grouping: keys, by: \.tenantID).mapValues(\.count)
        try dispatching.setups.load(numbers.keys)
        try generate(keys, numbers: numbers, &result.counts)
        return result
    }

    /// All together; if a row of one can't be read or written, each individually.
    private func generate(
        _ keys: [AgreementKey], numbers: [Int64: Int64], _ counts: inout GenerateCounts
    ) throws {
        do {
            counts.add(try write(keys, numbers: numbers).counts)
        } catch {
            guard let fault = try unreadable.fault(error) else { throw error }
            if keys.count > 1 {
                try generateEach(keys, numbers: numbers, &counts)
            } else {
                try park(keys[0], error, fault, &counts)
            }
        }
    }

    private func generateEach(
        _ keys: [AgreementKey], numbers: [Int64: Int64], _ counts: inout GenerateCounts
    ) throws {
        var numbers = numbers
        for key in keys {
            do {
                let made = try write([key], numbers: numbers)
                counts.add(made.counts)
                numbers = made.numbers
            } catch {
                guard let fault = try unreadable.fault(error) else { throw error }
                try park(key, error, fault, &counts)
            }
        }
    }

    /// Reads and writes within one savepoint, so that a bad row affects only these.
    private func write(
        _ keys: [AgreementKey], numbers: [Int64: Int64]
    ) throws -> AgreementBatch.Made {
        try dispatching.connection.savepoint {
            let due = try RecurringInvoices(dispatching.connection).due(keys, now: dispatching.now)
            guard !due.isEmpty else { return AgreementBatch.Made(numbers: numbers) }
            return try AgreementBatch(dispatching: dispatching, due: due, numbers: numbers).write()
        }
    }

    private var unreadable: UnreadableRow { UnreadableRow(dispatching.connection) }

    /// Records one bad agreement as failed and reports it, so that it never stops the rest.
    private func park(
        _ key: AgreementKey, _ error: any Error, _ fault: Fault,
        _ counts: inout GenerateCounts
    ) throws {
        dispatching.context.log.error(
            "agreement can't be read or written",
            metadata: [
                "tenant": "\(key.tenantID)", "agreement": "\(key.number)", "reason": "\(error)",
            ])
        guard let head = try RecurringInvoices(dispatching.connection).head(key) else { return }
        counts.errors += 1
        let batch = AgreementBatch(dispatching: dispatching, due: [], numbers: [:])
        counts.add(try batch.fail(head, faults: [fault]))
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
        farAhead += other.farAhead
        mended += other.mended
        reports += other.reports
        noticesAsked += other.noticesAsked
        errors += other.errors
    }
}
