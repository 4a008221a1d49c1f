package import Bounces
package import Dispatching
package import FoundationEssentials
import Invoicing
import Transport
import Wire

/// Polling the domain's events in order of time.
///
/// "Events take different routes": they arrive late and are inserted into pages that have been
/// read. Mailgun's rule is to trust a page only when its last event is older than a threshold, and
/// to read it again until it is. Here every page is returned at once, since an event is stored once
/// however often it arrives; but nothing younger than the threshold counts as complete, so the next
/// poll reads those pages again.
///
/// Source: https://documentation.mailgun.com/docs/mailgun/user-manual/events/events
extension MailgunProvider {
    static var events: String { "events" }

    /// The most rows per page.
    private static var pageRows: Int { 300 }
    /// A server with more pages than this never ends.
    private static var pagesMax: Int { 10_000 }
    /// The kinds that report the outcome of a message; opens and clicks do not.
    private static var wanted: String {
        "accepted OR delivered OR failed OR rejected OR complained"
    }

    package var sources: [EventSource] {
        [EventSource(name: Self.events, overlapSeconds: account.margins.overlapSeconds)]
    }

    package func poll(
        _ source: EventSource, from start: Date, until end: Date,
        page: (EventPage) throws -> Void
    ) throws {
        precondition(source.name == Self.events, "Mailgun has no source \(source.name)")
        let asked = connection.clock.now()
        let end = min(end, asked)
        let trusted = min(end, asked - Double(account.margins.settleSeconds))
        let window = SecondsWindow(covering: start, end)
        guard !window.isEmpty else {
            return try page(EventPage(events: [], completeUntil: trusted))
        }
        try readEvents(window, "event=\(Self.wanted.percentEncoded)") { rows, unreadable, isLast in
            // Rows are in order of time, so anything later than the last one is on a later page.
            let last = rows.last.map { Date(timeIntervalSince1970: $0.row.timestamp) }
            try page(
                EventPage(
                    rows.map { Reading($0.row.event(raw: $0.raw), ofKind: $0.row.words) },
                    completeUntil: isLast ? trusted : last.map { min($0, trusted) },
                    unread: unreadable.map { UnreadReport(row: $0, source: Self.events) }))
        }
    }

    package func read(_ report: UnreadReport) -> Reading {
        guard let row = RowPage<MailgunEventRow>.again(report) else {
            return .unread(report.reason)
        }
        let raw = String(decoding: report.bytes, as: UTF8.self)
        return Reading(row.event(raw: raw), ofKind: row.words)
    }

    /// Reads the events of a window that match a condition, page by page; the last page is empty.
    func readEvents(
        _ window: SecondsWindow, _ condition: String,
        page: (
            _ rows: [(row: MailgunEventRow, raw: String)], _ unreadable: [String],
            _ isLast: Bool
        ) throws -> Void
    ) throws {
        var target = eventsTarget(window, condition)
        var seen: Set<String> = []
        for _ in 0..<Self.pagesMax {
            let found = try eventPage(read(.get, target))
            try page(found.rows.rows, found.rows.unreadable, found.next == nil)
            guard let next = found.next else { return }
            guard seen.insert(next).inserted else { break }
            target = next
        }
        throw unreadable("the pages of events do not come to an end")
    }

    /// The first page of the events of a window; every parameter with a default is given
    /// explicitly, except for the kinds, all of which are wanted where the condition names none.
    func eventsTarget(_ window: SecondsWindow, _ condition: String) -> String {
        "/events?begin=\(window.start)&end=\(window.end)&ascending=yes"
            + "&limit=\(Self.pageRows)&\(condition)"
    }

    /// The rows of a page, and the address of the next; an empty page is the last.
    func eventPage(_ response: HTTPResponse) throws(ProviderError)
        -> (rows: RowPage<MailgunEventRow>, next: String?)
    {
        guard response.status == 200 else { throw unreadable(Self.line(of: response)) }
        let text = JSONCleaning.cleaned(response.body)[...]
        guard let array = JSONOutline.member("items", of: text),
            let rows = RowPage<MailgunEventRow>(array)
        else { throw unreadable("200 with an answer that has no items") }
        guard rows.count > 0 else { return (rows, nil) }
        guard let next = Self.next(of: text) else {
            throw unreadable("a page of events that says not where the next one is")
        }
        return (rows, "/events/\(next)")
    }

    /// The part of the next page's address that follows our own path; nil where it is not there.
    ///
    /// Only that part is used: a key must not go to whatever host an answer names.
    private static func next(of text: ArraySlice<UInt8>) -> String? {
        next(of: text, after: "/events/")
    }

    /// What follows a mark in the next page's address, if it is a single path segment.
    static func next(of text: ArraySlice<UInt8>, after mark: String) -> String? {
        guard let paging = JSONOutline.member("paging", of: text),
            let member = JSONOutline.member("next", of: paging),
            let address = try? JSONDecoder().decode(String.self, from: Data(member))
        else { return nil }
        let bytes = Array(address.utf8)
        guard let place = bytes[...].place(of: mark) else { return nil }
        let token = bytes[place.upperBound...]
        let isPlain = token.allSatisfy {
            $0 > 0x20 && $0 < 0x7F && !"/?#".utf8.contains($0)
        }
        return isPlain && !token.isEmpty ? String(decoding: token, as: UTF8.self) : nil
    }
}
