import FoundationEssentials
import Invoicing
import Transport

/// The logs: `POST /v3/logs`, which gives at most 1000 messages and no next page.
extension SendGridProvider {
    static var logs: String { "logs" }
    static var logRowsMax: Int { 1000 }

    /// Whole seconds, the end not included.
    struct Window {
        var start: Int64
        var end: Int64

        var halves: (Window, Window)? {
            guard end - start > 1 else { return nil }
            let middle = start + (end - start) / 2
            return (Window(start: start, end: middle), Window(start: middle, end: end))
        }
    }

    /// Halves the window until each part has fewer messages than SendGrid gives at once.
    ///
    /// A second that is still too full is asked for by status. What is then missing can't be had
    /// from here: nothing after it is called complete, so the cursor stays before it.
    func pollLogs(from start: Date, until end: Date, page: (EventPage) throws -> Void) throws {
        var windows = [
            Window(
                start: Int64(start.timeIntervalSince1970.rounded(.down)),
                end: Int64(end.timeIntervalSince1970.rounded(.up)))
        ]
        var isComplete = true
        while let window = windows.popLast() {
            guard window.start < window.end else {
                try page(EventPage(events: [], completeUntil: end))
                continue
            }
            var rows = [try search(in: window)]
            if rows[0].count >= Self.logRowsMax {
                if let (earlier, later) = window.halves {
                    windows += [later, earlier]
                    continue
                }
                rows += try Self.statuses.map { try search(in: window, "status IN ('\($0)')") }
                if rows.dropFirst().contains(where: { $0.count >= Self.logRowsMax }) {
                    isComplete = false
                }
            }
            let windowEnd = Date(timeIntervalSince1970: Double(window.end))
            try page(
                eventPage(rows, completeUntil: isComplete ? min(windowEnd, end) : nil))
        }
    }

    private static var statuses: [String] {
        ["bounced", "blocked", "dropped", "deferred", "processed", "delivered"]
    }

    private func eventPage(_ pages: [RowPage<SendGridLogRow>], completeUntil: Date?) -> EventPage {
        var seen: Set<String> = []
        let events = pages.flatMap(\.rows).map { $0.row.event(raw: $0.raw) }
        return EventPage(
            events: events.filter { seen.insert($0.key).inserted },
            completeUntil: completeUntil,
            unreadableRows: Array(Set(pages.flatMap(\.unreadable))).sorted())
    }

    /// Finds messages that were made in a window and meet a condition more.
    ///
    /// Texts in a query stand in quotes, and how a quote within would be written is not
    /// documented: conditions hold only our own words and addresses, which have none.
    func search(
        in window: Window, _ condition: String? = nil
    ) throws(ProviderError) -> RowPage<SendGridLogRow> {
        func timestamp(_ seconds: Int64) -> String {
            let date = Date(timeIntervalSince1970: Double(seconds))
            return "TIMESTAMP \"\(date.ISO8601Format())\""
        }
        let conditions =
            [
                "sg_message_id_created_at >= \(timestamp(window.start))",
                "sg_message_id_created_at < \(timestamp(window.end))",
            ] + [condition].compactMap(\.self)
        var json = JSONBytes()
        json.raw(#"{"query":"#)
        json.string(conditions.joined(separator: " AND "))
        json.raw(#","limit":1000}"#)
        let response = try read(.post, "/v3/logs", body: json.bytes)
        return try rows(SendGridLogRow.self, of: response, member: "messages")
    }
}
