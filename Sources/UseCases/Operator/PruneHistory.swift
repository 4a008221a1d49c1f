import Dispatching
import FoundationEssentials
import Invoicing
import Store
package import Postgres
package import Runtime

/// Lets history go that need no longer be kept, in small transactions, beside whatever runs.
package struct PruneHistory {
    /// How many dispatches or invoices, or rows of a table, go in one transaction.
    private static let batch = 500

    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// What was let go, or would be.
    private struct Total {
        var dispatches = 0
        var invoices = 0
        /// Deleted rows by table.
        var rows: [String: Int] = [:]

        mutating func add(_ rows: [String: Int]) {
            for (table, count) in rows where count > 0 { self.rows[table, default: 0] += count }
        }
    }

    /// Lets go what may go, and tells of it by table.
    package func run(actor: String, reason: String) throws -> (Listing, RunSummary) {
        let state = RetentionState(connection)
        guard try state.mayPrune() else {
            throw UsageError(
                "this role may not let history go: run it as the user budstikke_pruner, as"
                    + " budstikke-prune.service does", exit: .configuration)
        }
        let now = context.clock.now
        let limits = context.settings.retention.limits(
            now: now, today: try state.today(now: now),
            providerKeepsSeconds: context.settings.provider.account.logsKeptSeconds)
        var total = Total()
        var progress = Progress("let go")
        defer { progress.end() }
        do {
            try pruneMails(limits, &total, &progress)
            try pruneInvoices(limits, &total, &progress)
            if context.tenantID == nil { try pruneRecords(limits, &total, &progress) }
        } catch {
            // What is gone is gone, however the run ended.
            try? audit(total, limits, actor: actor, reason: reason)
            throw error
        }
        try audit(total, limits, actor: actor, reason: reason)
        return (listing(total, limits), summary(total))
    }

    private func pruneMails(
        _ limits: RetentionPolicy.Limits, _ total: inout Total, _ progress: inout Progress
    ) throws {
        let mails = MailPruning(connection)
        var place: PrunePlace?
        repeat {
            let batch = try connection.retrying {
                try connection.committing(unlessDry: context.isDryRun) {
                    try mails.batch(
                        before: limits.mailsBefore, after: place, tenantID: context.tenantID,
                        now: context.clock.now, limit: Self.batch)
                }
            }
            total.dispatches += batch.count
            total.add(batch.rows)
            place = batch.next
            progress.show(total.dispatches)
        } while place != nil && !context.stop.isRequested
    }

    private func pruneInvoices(
        _ limits: RetentionPolicy.Limits, _ total: inout Total, _ progress: inout Progress
    ) throws {
        let invoices = InvoicePruning(connection)
        var place: PrunePlace?
        repeat {
            guard !context.stop.isRequested else { return }
            let batch = try connection.retrying {
                try connection.committing(unlessDry: context.isDryRun) {
                    try invoices.batch(
                        limits, after: place, tenantID: context.tenantID, now: context.clock.now,
                        limit: Self.batch)
                }
            }
            total.invoices += batch.count
            total.add(batch.rows)
            place = batch.next
            progress.show(total.dispatches + total.invoices)
        } while place != nil
    }

    private func pruneRecords(
        _ limits: RetentionPolicy.Limits, _ total: inout Total, _ progress: inout Progress
    ) throws {
        let records = RecordPruning(connection)
        for table in RecordPruning.tables {
            guard !context.isDryRun else {
                total.add([table: try records.count(table, limits: limits)])
                continue
            }
            var deleted = Self.batch
            while deleted == Self.batch, !context.stop.isRequested {
                deleted = try connection.retrying {
                    try records.delete(table, limits: limits, limit: Self.batch)
                }
                total.add([table: deleted])
            }
        }
    }

    private func audit(
        _ total: Total, _ limits: RetentionPolicy.Limits, actor: String, reason: String
    ) throws {
        guard !context.isDryRun, !total.rows.isEmpty || total.dispatches + total.invoices > 0 else {
            return
        }
        let words =
            "\(total.dispatches) dispatches that ended before \(Instant.short(limits.mailsBefore)),"
            + " \(total.invoices) invoices issued through \(limits.invoicesThrough)"
            + (reason.isEmpty ? "" : ": \(reason)")
        try Audits(connection).write(
            tenantID: context.tenantID ?? 0, actor: actor, action: "prune", subject: "history",
            reason: words, now: context.clock.now)
    }

    private func listing(_ total: Total, _ limits: RetentionPolicy.Limits) -> Listing {
        let emptied = [("dispatch", total.dispatches), ("invoice", total.invoices)]
            .filter { $0.1 > 0 }
        let deleted = total.rows.sorted { $0.key < $1.key }
        return Listing(
            keys: ["table", "emptied", "deleted", "dry_run"],
            rows: emptied.map { [.text($0.0), .number($0.1), .number(0), .flag(context.isDryRun)] }
                + deleted.map {
                    [.text($0.key), .number(0), .number($0.value), .flag(context.isDryRun)]
                },
            emptyText: "nothing is old enough to be let go")
    }

    private func summary(_ total: Total) -> RunSummary {
        RunSummary(
            job: "prune",
            counts: [
                ("dispatches", total.dispatches), ("invoices", total.invoices),
                ("rows", total.rows.values.reduce(0, +)),
            ], failed: 0, notes: context.isDryRun ? ["a dry run: nothing was let go"] : [])
    }
}
