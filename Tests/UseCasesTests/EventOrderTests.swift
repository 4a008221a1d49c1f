import Bounces
import Dispatching
import Foundation
import Invoicing
import Logging
import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// What became of a dispatch, over a real database: the same in whatever order and pages it is told.
struct EventOrderTests {
    enum Told: Int, CaseIterable {
        case processed, deferred, soft, delivered, complained
        /// A mail about somebody whom it was passed on to.
        case forwardFailed
        /// A mail about the first of two attempts.
        case lateSoft
        /// Mails that hold nothing of ours but an address.
        case stray, forged
        /// A list of the provider's, which names an address alone.
        case listed
        /// Behind the delivery, of the same attempt.
        case returned
    }

    /// Five events, in the order of their time, and what they come to.
    struct Story: CustomTestStringConvertible {
        var told: [Told]
        var end: String
        var testDescription: String { end }
    }

    static let stories = [
        Story(
            told: [.processed, .deferred, .soft, .delivered, .complained],
            end: "sent blocked undetermined Email was blocked to-do "),
        Story(
            told: [.delivered, .forwardFailed, .lateSoft, .stray, .forged],
            end: "sent delivered forward_failed Delivered; a forward to another address failed"
                + " to-do "),
        Story(
            told: [.soft, .delivered, .forwardFailed, .listed, .returned],
            end: "sent hard_bounced user_unknown Hard-bounce: User unknown"
                + " (after it was delivered) to-do "),
        Story(
            told: [.delivered, .soft, .stray, .listed, .deferred],
            end: "sent soft_bounced mailbox_full Message was bounced with reason: 452 4.2.2 mailbox"
                + " full (after it was delivered) to-do "),
        Story(
            told: [.lateSoft, .soft, .listed, .forwardFailed, .processed],
            end: "sent soft_bounced mailbox_full Message was bounced with reason: 452 4.2.2 mailbox"
                + " full to-do "),
    ]

    /// A dispatch that is told of its events in one order, cut into pages in one way.
    private struct Course {
        var id = UUID()
        var order: [Told]
        /// Bit k says that a page ends after the event k.
        var cuts: Int

        var pages: [[Told]] {
            var pages: [[Told]] = [[]]
            for (place, event) in order.enumerated() {
                pages[pages.count - 1].append(event)
                if cuts >> place & 1 == 1, place < order.count - 1 { pages.append([]) }
            }
            return pages
        }
    }

    @Test(arguments: stories, ["{}", "{14400,86400}"])
    func `every order of five events, in every cut into pages, comes to one state`(
        _ story: Story, _ retryDelays: String
    ) throws {
        let courses = Self.permutations(story.told).flatMap { order in
            (0..<16).map { Course(order: order, cuts: $0) }
        }
        #expect(courses.count == 120 * 16)
        let connection = try TestDatabase().connect()
        try Self.insert(courses, retryDelays: retryDelays, connection)
        let intake = EventIntake(
            connection: connection, provider: "none",
            context: RunContext(settings: Settings(), log: Logger(label: "test")))

        for round in 0..<5 {
            let events = courses.filter { round < $0.pages.count }.flatMap { course in
                course.pages[round].map { Self.event($0, of: course, in: story) }
            }
            _ = try intake.process(EventPage(events: events, completeUntil: nil), moving: nil)
            // Dispatches that have been told the same by now, by whatever way, are alike.
            let states = try Self.states(connection)
            var bySet: [Set<Told>: Set<String>] = [:]
            for course in courses {
                let told = course.pages.prefix(round + 1).flatMap(\.self)
                bySet[Set(told), default: []].insert(states[course.id] ?? "missing")
            }
            for (told, states) in bySet { #expect(states.count == 1, "\(told): \(states)") }
        }
        let final = Set(try Self.states(connection).values)
        #expect(final == [story.end])
        // Told all of it once more, nothing changes.
        let again = courses.flatMap { course in
            course.order.map { Self.event($0, of: course, in: story) }
        }
        let counts = try intake.process(EventPage(events: again, completeUntil: nil), moving: nil)
        #expect(counts.stored == 0)
        #expect(Set(try Self.states(connection).values) == final)
        #expect(
            try connection.first("SELECT count(*) AS count FROM suppression") {
                try $0["count"] as Int
            } == 0)
    }

    private static func states(_ connection: Connection) throws -> [UUID: String] {
        var states: [UUID: String] = [:]
        try connection.rows(
            """
            SELECT d.dispatch_id, format('%s %s %s %s to-do %s', d.state, d.delivery, d.reason,
                d.message, t.closed_by) AS state
            FROM dispatch AS d
            LEFT JOIN todo AS t ON t.tenant_id = d.tenant_id AND t.root_id = d.root_id
                AND t.closed_at IS NULL
            """
        ) { states[try $0["dispatch_id"]] = try $0["state"] as String }
        return states
    }

    private static func event(
        _ told: Told, of course: Course, in story: Story
    ) -> ProviderEvent {
        let (kind, code, text): (EventKind, Int?, String) =
            switch told {
            case .processed: (.processed, nil, "")
            case .deferred: (.deferred, 421, "421 try again later")
            case .soft, .lateSoft: (.bounced, 452, "452 4.2.2 mailbox full")
            case .delivered: (.delivered, 250, "250 ok")
            case .complained, .forged: (.complained, nil, "")
            case .forwardFailed, .stray, .listed, .returned:
                (.bounced, 550, "550 5.1.1 User unknown")
            }
        let place = story.told.firstIndex(of: told) ?? 0
        var event = ProviderEvent(
            source: "logs", key: "\(course.id) \(told)",
            occurredAt: Date(timeIntervalSince1970: 1_795_000_000 + Double(place)),
            kind: kind, recipient: "\(course.id)@kunde.test", replyCode: code, text: text,
            raw: "{}")
        switch told {
        case .processed, .deferred, .soft, .delivered, .complained, .returned:
            event.providerMessageID = "\(course.id.uuidString) 2"
        case .forwardFailed, .lateSoft:
            (event.tenantID, event.dispatchID) = (1, course.id)
            (event.attempt, event.origin) = (told == .lateSoft ? 1 : 2, .mail)
            if told == .forwardFailed { event.recipient = "privat@annet.test" }
        case .stray, .forged:
            event.origin = .mail
            event.suppressionList = told == .forged ? ProviderEvent.ownComplaints : nil
        case .listed: break
        }
        return event
    }

    private static func insert(
        _ courses: [Course], retryDelays: String, _ connection: Connection
    ) throws {
        try connection.insert(.tenant)
        try connection.insert(.user)
        let ids = courses.map(\.id)
        _ = try connection.execute(
            """
            WITH made AS (
                INSERT INTO invoice (tenant_id, invoice_id, document_type, series, number,
                    created_by, buyer_name, issue_date, currency, line_total, tax_exclusive,
                    vat_total, tax_inclusive, payable, content, created_at)
                SELECT 1, id, 'invoice', 'import:1', id::text, 'kari', 'Kunde', '2026-11-01',
                    'NOK', 0, 0, 0, 0, 0, '{}', now()
                FROM unnest(\(ids)) AS c (id) RETURNING invoice_id AS id
            ), sent AS (
                INSERT INTO dispatch (tenant_id, dispatch_id, root_id, purpose, document_type,
                    invoice_id, created_by, recipient, recipient_key, message_id, retry_delays,
                    created_at, state, attempt, accepted_attempt, accepted_count, sent_at)
                SELECT 1, id, id, 'invoice', 'invoice', id, 'kari', id || '@kunde.test',
                    id || '@kunde.test', id::text, \(retryDelays)::int[], now(), 'sent', 2, 2, 2,
                    '2026-11-18'
                FROM made RETURNING dispatch_id AS id
            ), ongoing AS (
                INSERT INTO ongoing_dispatch
                    (tenant_id, invoice_id, recipient_key, dispatch_id, since)
                SELECT 1, id, id || '@kunde.test', id, now() FROM sent
            )
            INSERT INTO attempt (tenant_id, dispatch_id, attempt_number, recipient_key,
                started_at, ended_at, outcome, provider, provider_message_id)
            SELECT 1, id, n, id || '@kunde.test', timestamptz '2026-11-18' + n * interval '1 s',
                '2026-11-18 00:01', 'accepted', 'none',
                upper(id::text) || ' ' || n
            FROM sent, (VALUES (1), (2)) AS a (n)
            """)
    }

    private static func permutations<Element>(_ elements: [Element]) -> [[Element]] {
        guard !elements.isEmpty else { return [[]] }
        return elements.indices.flatMap { index -> [[Element]] in
            var rest = elements
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }
}
