import Wire
import Bounces
import Dispatching
import Foundation
import Invoicing
import Logging
import Postgres
import Runtime
import Synchronization
import TestSupport
import Testing

@testable import UseCases

/// A page is a transaction: all that follows from it, and its cursor, or nothing.
struct EventPageTests {
    private static let start = Date(timeIntervalSince1970: 1_795_000_000)

    private static func run(
        _ invoices: SentInvoices, _ provider: @escaping @Sendable () -> PagedProvider
    ) throws -> RunSummary {
        try ReconcileBounces(
            connection: invoices.connection,
            context: RunContext(
                settings: Settings(), clock: RunClock(fixed: start + 7_200),
                log: Logger(label: "test")), open: provider
        ).run()
    }

    private static func bounce(_ sent: SentInvoices.Sent, at second: Double = 60) -> ProviderEvent {
        ProviderEvent(
            source: "bounces", key: "bounce \(sent.id)", occurredAt: start + second,
            kind: .bounced, recipient: sent.recipient, providerMessageID: sent.messageID,
            replyCode: 550, enhancedCode: "5.1.1", text: "550 5.1.1 User unknown",
            suppressionList: "bounces", raw: "{}")
    }

    private static func page(_ events: [ProviderEvent], until second: Double) -> EventPage {
        EventPage(events: events, completeUntil: start + second)
    }

    private static func cursor(_ invoices: SentInvoices) throws -> [Date] {
        try invoices.connection.rows("SELECT complete_until FROM poll_cursor") {
            try $0["complete_until"]
        }
    }

    /// What a page leaves, by table.
    private static func traces(_ invoices: SentInvoices) throws -> [String] {
        try invoices.lines(
            """
            SELECT format('%s %s %s %s %s %s', (SELECT count(*) FROM delivery_event),
                (SELECT count(*) FROM suppression), (SELECT count(*) FROM notification),
                (SELECT count(*) FROM todo), (SELECT count(*) FROM unread_report),
                (SELECT count(*) FROM dispatch WHERE delivery <> 'unknown')) AS line
            """)
    }

    @Test(arguments: [
        "delivery_event", "suppression", "notification", "unread_report", "poll_cursor",
    ])
    func `a page of which one thing can't be written leaves nothing, and its cursor stands`(
        _ table: String
    ) throws {
        let invoices = try SentInvoices(provider: "paged")
        let sent = try invoices.send(to: "ap@kunde.test", startedAt: Self.start)
        var page = Self.page([Self.bounce(sent)], until: 100)
        page.unread = [
            UnreadReport(
                source: "bounces", reason: "odd", origin: .provider, bytes: Array("{".utf8))
        ]
        let pages = [Self.page([], until: 50), page]
        let refusal = "refuse_\(table)"
        // The cursor of the page before may move.
        let condition =
            table == "poll_cursor"
            ? "WHEN (NEW.complete_until > '\((Self.start + 60).ISO8601Format())')" : ""
        try invoices.connection.run(
            script: """
                CREATE FUNCTION \(refusal)() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'refused by the test'; END $$;
                CREATE TRIGGER \(refusal) BEFORE INSERT OR UPDATE ON \(table)
                FOR EACH ROW \(condition) EXECUTE FUNCTION \(refusal)();
                """)
        #expect(throws: PostgresError.self) {
            try Self.run(invoices) { PagedProvider(pages) }
        }
        #expect(try Self.traces(invoices) == ["0 0 0 0 0 0"])
        #expect(try Self.cursor(invoices) == [Self.start + 50], "only the page before is done")

        try invoices.connection.run(script: "DROP TRIGGER \(refusal) ON \(table)")
        _ = try Self.run(invoices) { PagedProvider(pages) }
        #expect(try Self.traces(invoices) == ["1 1 1 1 1 1"])
        #expect(try Self.cursor(invoices) == [Self.start + 100])
        #expect(try invoices.outcome(sent) == "hard_bounced Hard-bounce: User unknown")
    }

    @Test func `a cursor never moves back, and never without a page that says so`() throws {
        let invoices = try SentInvoices(provider: "paged")
        _ = try Self.run(invoices) { PagedProvider([Self.page([], until: 500)]) }
        // A slower machine ends a page that it began earlier.
        _ = try Self.run(invoices) { PagedProvider([Self.page([], until: 400)]) }
        #expect(try Self.cursor(invoices) == [Self.start + 500])
        _ = try Self.run(invoices) {
            PagedProvider([EventPage(events: [], completeUntil: nil)])
        }
        #expect(try Self.cursor(invoices) == [Self.start + 500])
        _ = try Self.run(invoices) { PagedProvider([Self.page([], until: 600)]) }
        #expect(try Self.cursor(invoices) == [Self.start + 600])
    }

    @Test func `what was fetched before the provider failed is stored, and its cursor moved`()
        throws
    {
        let invoices = try SentInvoices(provider: "paged")
        let sent = try invoices.send(to: "ap@kunde.test", startedAt: Self.start)
        #expect(throws: ProviderError.self) {
            try Self.run(invoices) {
                PagedProvider([Self.page([Self.bounce(sent)], until: 100)]) { number in
                    if number == 1 {
                        throw ProviderError.unavailable(provider: "paged", reason: "down")
                    }
                }
            }
        }
        #expect(try invoices.outcome(sent) == "hard_bounced Hard-bounce: User unknown")
        #expect(try Self.cursor(invoices) == [Self.start + 100])
    }

    @Test func `while a page is worked on, the next is fetched`() throws {
        let invoices = try SentInvoices(provider: "paged")
        let secondIsAsked = DispatchSemaphore(value: 0)
        let wasAhead = Mutex(false)
        // A stranger's event: whose it is, is asked for while its page is worked on.
        let stranger = ProviderEvent(
            source: "bounces", key: "stranger", occurredAt: Self.start, kind: .delivered,
            recipient: "x@kunde.test", providerMessageID: "<not@ours>", raw: "{}")
        _ = try Self.run(invoices) {
            PagedProvider(
                [Self.page([stranger], until: 1), Self.page([], until: 2)],
                fetching: { number in
                    if number == 1 { secondIsAsked.signal() }
                },
                detailing: {
                    // Read one after the other, the second is not asked for before this ends.
                    let isAhead = secondIsAsked.wait(timeout: .now() + 30) == .success
                    wasAhead.withLock { $0 = isAhead }
                })
        }
        let isAhead = wasAhead.withLock(\.self)
        #expect(isAhead)
    }

    private static let times: [(Double, String)] = [
        (-3_600, "unknown"), (-6, "unknown"), (-4, "hard_bounced"), (0, "hard_bounced"),
        (4 * 86_400 - 1, "hard_bounced"), (4 * 86_400 + 1, "unknown"),
    ]

    @Test(arguments: times)
    func `an address alone tells of an attempt only from its beginning until a provider gives up`(
        _ seconds: Double, _ delivery: String
    ) throws {
        let invoices = try SentInvoices(provider: "paged")
        let sent = try invoices.send(to: "ap@kunde.test", startedAt: Self.start)
        var row = Self.bounce(sent, at: seconds)
        row.providerMessageID = nil
        let page = Self.page([row], until: 1)
        _ = try Self.run(invoices) { PagedProvider([page]) }
        #expect(try invoices.outcome(sent).hasPrefix(delivery))
        // The provider's own list is a fact about the account all the same.
        #expect(try invoices.lines("SELECT address AS line FROM suppression") == ["ap@kunde.test"])
    }
}

/// A provider with one source, whose pages are given.
private final class PagedProvider: MailProvider {
    let name = "paged"
    let limits = MessageLimits(
        provider: "paged", bytesMax: .max, envelope: { _ in 0 }, encoded: { $0 })
    let sources = [EventSource(name: "bounces", overlapSeconds: 0)]
    private let pages: [EventPage]
    private let fetching: (Int) throws -> Void
    private let detailing: () -> Void

    /// `fetching` is called before each page with its number, and once behind the last.
    init(
        _ pages: [EventPage], fetching: @escaping (Int) throws -> Void = { _ in },
        detailing: @escaping () -> Void = {}
    ) {
        self.pages = pages
        self.fetching = fetching
        self.detailing = detailing
    }

    func poll(
        _ source: EventSource, from start: Date, until end: Date, page: (EventPage) throws -> Void
    ) throws {
        for (number, next) in pages.enumerated() {
            try fetching(number)
            try page(next)
        }
        try fetching(pages.count)
    }

    func details(of event: ProviderEvent) throws -> [ProviderEvent] {
        detailing()
        return []
    }

    func submit(
        next: () throws -> OutgoingMessage?,
        finished: (OutgoingMessage, SubmitOutcome) throws -> Void
    ) throws {}

    func lookUp(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>] { [] }
    func suppressions(of address: EmailAddress) throws -> [ListedSuppression] { [] }
    func lift(_ suppression: ListedSuppression) throws -> LiftAnswer { .lifted }
}
