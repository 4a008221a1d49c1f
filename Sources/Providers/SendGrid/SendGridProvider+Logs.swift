import Bounces
import Dispatching
import FoundationEssentials
import Invoicing
import Transport

/// The logs: `POST /v3/logs`, which returns at most 1000 messages and has no paging.
extension SendGridProvider {
    static var logs: String { "logs" }
    static var logRowsMax: Int { 1000 }

    /// Halves the window until each part has fewer messages than SendGrid returns at once.
    ///
    /// A single second that is still too full is queried by status. What is missing even then can't
    /// be read: the page reports the shortfall and the poll continues, since a cursor that waited
    /// would wait forever and miss later events too. The suppression lists still report the bounces
    /// among the missing rows.
    func pollLogs(from start: Date, until end: Date, page: (EventPage) throws -> Void) throws {
        var windows = [SecondsWindow(covering: start, end)]
        while let window = windows.popLast() {
            guard !window.isEmpty else {
                try page(EventPage(events: [], completeUntil: end))
                continue
            }
            var rows = [try search(in: window)]
            var shortfall: String?
            if rows[0].count >= Self.logRowsMax {
                if let (earlier, later) = window.halves {
                    windows += [later, earlier]
                    continue
                }
                let byStatus = try Self.statuses.map {
                    try search(in: window, "status IN ('\($0)')")
                }
                shortfall = Self.shortfall(of: byStatus, in: window)
                rows += byStatus
            }
            var found = eventPage(rows, completeUntil: min(window.endDate, end))
            found.shortfall = shortfall
            try page(found)
        }
    }

    private static func shortfall(
        of byStatus: [RowPage<SendGridLogRow>], in window: SecondsWindow
    ) -> String? {
        let full = zip(statuses, byStatus).filter { $1.count >= logRowsMax }.map(\.0)
        guard !full.isEmpty else { return nil }
        let second = Date(timeIntervalSince1970: Double(window.start)).ISO8601Format()
        return "the logs give no more than \(logRowsMax) messages of a second, and \(second) has"
            + " as many that are \(full.joined(separator: " or "))"
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
            unread: Set(pages.flatMap(\.unreadable)).sorted()
                .map { UnreadReport(row: $0, source: Self.logs) })
    }

    /// Finds messages created in a window that match a further condition.
    ///
    /// Texts in a query are quoted, and how to escape a quote is not documented: conditions contain
    /// only our own constants and addresses, which have none.
    func search(
        in window: SecondsWindow, _ condition: String? = nil
    ) throws(ProviderError) -> RowPage<SendGridLogRow> {
        try messages(of: connection.reader.read(searchRequest(in: window, condition)))
    }

    func messages(of response: HTTPResponse) throws(ProviderError) -> RowPage<SendGridLogRow> {
        try rows(SendGridLogRow.self, of: response, member: "messages")
    }

    func searchRequest(in window: SecondsWindow, _ condition: String?) -> HTTPRequest {
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
        return connection.request(.post, "/v3/logs", body: json.bytes)
    }
}
