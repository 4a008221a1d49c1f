import Bounces
package import Dispatching
import FoundationEssentials
import Invoicing
import Logging
package import Postgres
package import Runtime
import Store

/// Classifies stored failures again, and parses unread reports again, after the rules of the
/// classifier or of a parser have changed.
///
/// Nothing is requested from a provider. Each page is one transaction: the classifications, the
/// dispatches that they change, and the notifications. Nothing is sent again automatically: a
/// failure that turns out to be soft may be months old, so its user decides. Differences are
/// printed, in a dry run as well: do that first. Running it again changes nothing.
package struct ReclassifyEvents {
    static let pageMax = 1_000
    /// The reports on a page, which hold up to 64 KiB each.
    static let reportsMax = 100

    let connection: Connection
    /// Parses stored reports; makes no requests.
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

    /// Processes the window; returns what changed.
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
        let reports = try reparse(intake, &counts)
        return summary(read: read, judged: judged, reports: reports, counts)
    }

    /// Parses unread reports again, page by page.
    /// - Returns: How many could be parsed.
    private func reparse(_ intake: EventIntake, _ counts: inout ReconcileCounts) throws -> Int {
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
                let words = Self.words(reading)
                context.output.tell(
                    "\(report.source) \(report.place): \(words)",
                    [
                        "kind": "report", "source": .text(report.source),
                        "place": .text(report.place), "result": .text(words),
                    ])
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

    /// The event with its new classification; nil where it is unchanged.
    private func change(of event: EventClassifications.Reclassification) -> EventClassifications
        .Reclassification?
    {
        let now = Classifier().classify(event.evidence)
        let before = event.classification
        guard now.bounceClass != before?.bounceClass || now.reason != before?.reason
        else { return nil }
        let name = event.dispatchID?.uuidString.lowercased() ?? "orphan"
        let words = "\(Self.words(before)) becomes \(Self.words(now))"
        context.output.tell(
            "\(Instant.short(event.occurredAt, context.output.times)) \(name):"
                + " \(words); \(now.evidence)",
            [
                "kind": "event", "occurred_at": .instant(event.occurredAt),
                "dispatch": .some(event.dispatchID), "result": .text(words),
                "evidence": .text(now.evidence),
            ])
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
