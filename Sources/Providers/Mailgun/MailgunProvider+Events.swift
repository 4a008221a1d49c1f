package import Bounces
package import Dispatching
package import FoundationEssentials
import Invoicing
import Transport
import Wire

/// Polling: the events of the domain, in the order of their time.
///
/// "Events take different routes": they come late and are put into pages that were read already.
/// The rule that Mailgun publishes is to trust a page only when its last event is older than a
/// threshold, and to read it again until it is. Here every page is given at once, since an event
/// is stored once however often it comes; but nothing younger than the threshold is called
/// complete, so the next poll reads those pages again.
/// Source: https://documentation.mailgun.com/docs/mailgun/user-manual/events/events
extension MailgunProvider {
    static var events: String { "events" }

    /// The most that is given at once.
    private static var pageRows: Int { 300 }
    /// More than this is a server that has no end.
    private static var pagesMax: Int { 10_000 }
    /// Those that say what became of a message: opening and clicking do not.
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
            // In the order of time, so what comes later than the last of a page is on the next.
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

    /// Reads the events of a window that meet a condition, a page at a time; the last is empty.
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

    /// The first page of the events of a window; nothing that Mailgun has a default for is left
    /// to it, but that all kinds of events are wanted where the condition names none.
    func eventsTarget(_ window: SecondsWindow, _ condition: String) -> String {
        "/events?begin=\(window.start)&end=\(window.end)&ascending=yes"
            + "&limit=\(Self.pageRows)&\(condition)"
    }

    /// The rows of a page, and where the next one is; an empty page is the last.
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

    /// What the address of the next page ends with.
    ///
    /// Only that is taken: a key must not go to whatever host an answer names.
    private static func next(of text: ArraySlice<UInt8>) -> String? {
        next(of: text, after: "/events/")
    }

    /// What follows a mark in the address of the next page, where it is no more than one part.
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
