import Bounces
package import Dispatching
import FoundationEssentials
import Invoicing
import Logging
package import Postgres
package import Runtime
import Store

/// Judges stored failures again, and reads again what could not be read, after the rules of the
/// classifier or of a reader have changed.
///
/// Asks no provider. Each page is a transaction: what its events are taken for, the dispatches that
/// this changes, and what people are told. Nothing is sent again by itself: a failure that turns out
/// to be soft may be months old, so its user is asked. What differs is printed, in a dry run as
/// well: run that first. Running it again changes nothing.
package struct ReclassifyEvents {
    static let pageMax = 1_000
    /// Reports hold up to 64 KiB each.
    static let reportsMax = 100

    let connection: Connection
    /// Reads what is kept; it is asked nothing over the network.
    let reader: any MailProvider
    let context: RunContext
    let window: ReconcileBounces.Window

    package init(
        connection: Connection, reader: any MailProvider, context: RunContext,
        window: ReconcileBounces.Window
    ) {
        self.connection = connection
        self.reader = reader
        self.context = context
        self.window = window
    }

    package func run() throws -> RunSummary {
        guard context.isDryRun else { return try classify() }
        return try connection.rehearsing { try classify() }
    }

    private func classify() throws -> RunSummary {
        let events = EventClassifications(connection)
        let intake = EventIntake(
            connection: connection, provider: reader.name, context: context)
        var counts = ReconcileCounts()
        var (read, judged) = (0, 0)
        var last: EventClassifications.Reclassification?
        repeat {
            let page = try events.page(
                tenantID: context.tenantID, since: window.since ?? .distantPast,
                until: window.until ?? context.clock.now, after: last, limit: Self.pageMax)
            let changes = page.compactMap { change(of: $0) }
            try counts.add(intake.reclassify(changes))
            read += page.count
            judged += changes.count
            last = page.count < Self.pageMax ? nil : page.last
        } while last != nil && !context.stop.isRequested
        let reports = try readAgain(intake, &counts)
        return summary(read: read, judged: judged, reports: reports, counts)
    }

    /// Reads again what nobody could read, a page at a time.
    /// - Returns: how many were read now.
    private func readAgain(_ intake: EventIntake, _ counts: inout ReconcileCounts) throws -> Int {
        let reports = UnreadReports(connection)
        var (key, count) = ("", 0)
        while !context.stop.isRequested {
            let page = try reports.page(
                tenantID: context.tenantID, provider: reader.name, after: key,
                limit: Self.reportsMax)
            guard let last = page.last else { break }
            key = last.key
            var (events, readNow): ([ProviderEvent], [UnreadReport]) = ([], [])
            for report in page {
                let reading = reader.read(report)
                if case .unread = reading { continue }
                if case .events(let found) = reading { events += found }
                readNow.append(report)
                context.output.line("\(report.source) \(report.place): \(Self.words(reading))")
            }
            try counts.add(intake.reprocess(events, from: readNow))
            count += readNow.count
        }
        return count
    }

    private static func words(_ reading: Reading) -> String {
        switch reading {
        case .events(let events):
            "can be read now: \(events.map(\.kind.rawValue).joined(separator: ", "))"
        case .ignored(let reason): "is known now, and ignored: \(reason)"
        case .unread(let reason): reason
        }
    }

    /// The event as it is taken now; nil where that is as before.
    private func change(of event: EventClassifications.Reclassification) -> EventClassifications
        .Reclassification?
    {
        let now = Classifier().classify(event.evidence)
        let before = event.classification
        guard now.bounceClass != before?.bounceClass || now.reason != before?.reason
        else { return nil }
        let name = event.dispatchID?.uuidString.lowercased() ?? "orphan"
        context.output.line(
            "\(Instant.short(event.occurredAt)) \(name):"
                + " \(Self.words(before)) becomes \(Self.words(now)); \(now.evidence)")
        var changed = event
        changed.classification = now
        return changed
    }

    private static func words(_ classification: BounceClassification?) -> String {
        classification.map { "\($0.bounceClass.rawValue) (\($0.reason.rawValue))" } ?? "none (none)"
    }

    private func summary(read: Int, judged: Int, reports: Int, _ counts: ReconcileCounts)
        -> RunSummary
    {
        RunSummary(
            job: "reconcile-bounces",
            counts: [
                ("events_read", read), ("judged_otherwise", judged),
                ("reports_read", reports), ("changed", counts.changed),
                ("notifications", counts.notifications), ("todos_opened", counts.todosOpened),
                ("todos_closed", counts.todosClosed),
            ],
            failed: 0, notes: context.isDryRun ? ["dry run: nothing was changed"] : [])
    }
}
