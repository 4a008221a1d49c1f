import Invoicing
import Logging
import Store
package import Dispatching
package import FoundationEssentials
package import Postgres
package import Runtime

/// Polls the provider, stores its events once, and derives the outcome of each dispatch.
///
/// Every page is one transaction: its events, the dispatches that they change, the notifications,
/// the suppression mirror and the cursor. So any window can be read again at any time, by several
/// machines at once, and changes nothing that is not new. While a page is processed, the next is
/// fetched (`EventPages`).
package struct ReconcileBounces {
    /// A window given by hand; nil ends stand for the cursor less its overlap, and for now.
    package struct Window {
        package var since: Date?
        package var until: Date?

        package init(since: Date? = nil, until: Date? = nil) {
            self.since = since
            self.until = until
        }
    }

    /// How far back the first poll of a source reads, in seconds.
    static let firstPollSeconds = 7 * 86_400.0

    let connection: Connection
    let provider: any MailProvider
    let open: @Sendable () throws -> any MailProvider
    let context: RunContext
    let window: Window

    /// `open` opens the provider's account, once for each thread that uses it.
    package init(
        connection: Connection, context: RunContext, window: Window = Window(),
        open: @escaping @Sendable () throws -> any MailProvider
    ) throws {
        self.connection = connection
        provider = try open()
        self.open = open
        self.context = context
        self.window = window
    }

    /// Polls every source; throws `ProviderError` where the provider can't be read.
    package func run() throws -> RunSummary {
        guard context.isDryRun else { return try poll() }
        return try connection.rehearsing { try poll() }
    }

    private func poll() throws -> RunSummary {
        let intake = EventIntake(
            connection: connection, provider: provider.name, context: context,
            details: EventDetails(provider: provider, context: context))
        var counts = try intake.foldOvertaken()
        let pages = EventPages(of: try stretches(), stop: context.stop, open: open)
        var progress = Progress("events")
        defer { progress.end() }
        try pages.forEach { item in
            report(item.page, of: item.source)
            let cursor = cursor(after: item.page, of: item.source)
            try counts.add(intake.process(item.page, moving: cursor))
            progress.show(counts.read)
        }
        try counts.add(intake.retryOrphans())
        return counts.summary(isDryRun: context.isDryRun)
    }

    private func stretches() throws -> [EventStretch] {
        let (cursors, now) = (PollCursors(connection), context.clock.now)
        return try provider.sources.map { source in
            let cursor = try cursors.position(provider: provider.name, source: source.name)
            let start =
                window.since
                ?? (cursor.map { $0 - Double(source.overlapSeconds) }
                    ?? now - max(Self.firstPollSeconds, Double(source.overlapSeconds)))
            return EventStretch(source: source, start: start, end: window.until ?? now)
        }
    }

    /// The position of the source's cursor once the page is stored; nil leaves it.
    ///
    /// A window given by hand says nothing about earlier events, and a tenant's events nothing
    /// about others'.
    private func cursor(after page: EventPage, of source: EventSource) -> PollCursors.Position? {
        guard window.since == nil, window.until == nil, context.tenantID == nil else { return nil }
        return page.completeUntil.map {
            PollCursors.Position(provider: provider.name, source: source.name, completeUntil: $0)
        }
    }

    /// Logs what is missing or could not be parsed, and continues, since the rest must not wait.
    private func report(_ page: EventPage, of source: EventSource) {
        if let shortfall = page.shortfall {
            context.log.warning(
                "events missing", metadata: ["source": "\(source.name)", "reason": "\(shortfall)"])
        }
        if !page.unread.isEmpty {
            context.log.warning(
                "reports not readable: see budstikke list unread",
                metadata: ["source": "\(source.name)", "reports": "\(page.unread.count)"])
        }
        for (reason, group) in Dictionary(grouping: page.ignored, by: \.self) {
            context.log.info(
                "reports ignored",
                metadata: [
                    "source": "\(source.name)", "reports": "\(group.count)", "reason": "\(reason)",
                ])
        }
    }
}

/// The results of a reconciliation; only the events read are not zero if there was nothing new.
struct ReconcileCounts {
    var read = 0
    /// Reports that could not be parsed, and how many of them were stored.
    var unreadable = 0
    var unread = 0
    /// Known events that report no delivery.
    var ignored = 0
    var stored = 0
    var orphans = 0
    var delivered = 0
    var softBounced = 0
    var hardBounced = 0
    var blocked = 0
    var retries = 0
    var otherChanges = 0
    var notifications = 0
    var todosOpened = 0
    var todosClosed = 0
    var suppressions = 0

    mutating func add(_ other: ReconcileCounts) throws {
        read += other.read
        unreadable += other.unreadable
        unread += other.unread
        ignored += other.ignored
        stored += other.stored
        orphans += other.orphans
        delivered += other.delivered
        softBounced += other.softBounced
        hardBounced += other.hardBounced
        blocked += other.blocked
        retries += other.retries
        otherChanges += other.otherChanges
        notifications += other.notifications
        todosOpened += other.todosOpened
        todosClosed += other.todosClosed
        suppressions += other.suppressions
    }

    /// How many dispatches changed.
    var changed: Int {
        delivered + softBounced + hardBounced + blocked + retries + otherChanges
    }

    func summary(isDryRun: Bool) -> RunSummary {
        RunSummary(
            job: "reconcile-bounces",
            counts: [
                ("events_read", read), ("rows_unreadable", unreadable), ("unread_new", unread),
                ("ignored", ignored), ("events_new", stored),
                ("orphans_new", orphans), ("changed", changed), ("delivered", delivered),
                ("soft_bounced", softBounced), ("hard_bounced", hardBounced),
                ("blocked", blocked), ("retries", retries), ("notifications", notifications),
                ("todos_opened", todosOpened), ("todos_closed", todosClosed),
                ("suppressions", suppressions),
            ],
            failed: 0, notes: isDryRun ? ["dry run: nothing was changed"] : [])
    }
}
