package import Dispatching
package import FoundationEssentials
import Invoicing
import Logging
package import Postgres
package import Runtime
import Store

/// Polls the provider, stores its events once, and derives what became of each dispatch.
///
/// Every page is one transaction: its events, the dispatches that they change, what people are
/// told, the suppression mirror and the cursor. So any window can be read again at any time, by
/// several machines at once, and changes nothing that is not new.
package struct ReconcileBounces {
    /// A window given by hand; nil ends are the cursor less its overlap, and now.
    package struct Window {
        package var since: Date?
        package var until: Date?

        package init(since: Date? = nil, until: Date? = nil) {
            self.since = since
            self.until = until
        }
    }

    /// How far back the first poll of a source reads.
    static let firstPollSeconds = 7 * 86_400.0

    let connection: Connection
    let provider: any MailProvider
    let context: RunContext
    let window: Window

    package init(
        connection: Connection, provider: any MailProvider, context: RunContext,
        window: Window = Window()
    ) {
        self.connection = connection
        self.provider = provider
        self.context = context
        self.window = window
    }

    package func run() throws -> RunSummary {
        guard context.isDryRun else { return try poll() }
        return try connection.rehearsing { try poll() }
    }

    private func poll() throws -> RunSummary {
        var counts = ReconcileCounts()
        let intake = EventIntake(
            connection: connection, provider: provider.name, context: context)
        let details = EventDetails(connection: connection, provider: provider, context: context)
        try counts.add(intake.foldOvertaken())
        for source in provider.sources where !context.stop.isRequested {
            try poll(source, details: details, intake: intake, counts: &counts)
        }
        try counts.add(intake.retryOrphans())
        return counts.summary(isDryRun: context.isDryRun)
    }

    private func poll(
        _ source: EventSource, details: EventDetails, intake: EventIntake,
        counts: inout ReconcileCounts
    ) throws {
        let cursors = PollCursors(connection)
        let now = context.clock.now
        let cursor = try cursors.position(provider: provider.name, source: source.name)
        let start =
            window.since
            ?? (cursor.map { $0 - Double(source.overlapSeconds) }
                ?? now - max(Self.firstPollSeconds, Double(source.overlapSeconds)))
        let isByHand = window.since != nil || window.until != nil
        try provider.poll(source, from: start, until: window.until ?? now) { page in
            note(page, of: source, &counts)
            let change = try intake.take(try details.completing(page)) {
                // A window read by hand says nothing of what lies before it, nor a tenant's events
                // of all others'.
                guard !isByHand, context.tenantID == nil, let completeUntil = page.completeUntil
                else { return }
                try cursors.advance(
                    provider: provider.name, source: source.name, to: completeUntil)
            }
            try counts.add(change)
        }
        context.log.debug(
            "source read", metadata: ["source": "\(source.name)", "from": "\(start)"])
    }

    /// What could not be read is said, and the run goes on: the rest must not wait for it.
    private func note(_ page: EventPage, of source: EventSource, _ counts: inout ReconcileCounts) {
        if let shortfall = page.shortfall {
            context.log.warning(
                "events missing", metadata: ["source": "\(source.name)", "reason": "\(shortfall)"])
        }
        let unreadable = page.unreadableRows.count
        guard unreadable > 0 else { return }
        counts.unreadable += unreadable
        context.log.warning(
            "rows not readable",
            metadata: ["source": "\(source.name)", "rows": "\(unreadable)"])
    }
}
