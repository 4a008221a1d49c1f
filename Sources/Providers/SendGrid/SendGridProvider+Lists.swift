package import FoundationEssentials
package import Invoicing
import Transport

/// Polling: the suppression lists and the logs.
extension SendGridProvider {
    package var sources: [EventSource] {
        SendGridList.allCases.map {
            EventSource(name: $0.rawValue, overlapSeconds: options.listOverlapSeconds)
        } + [EventSource(name: Self.logs, overlapSeconds: options.logsOverlapSeconds)]
    }

    package func poll(
        _ source: EventSource, from start: Date, until end: Date,
        page: (EventPage) throws -> Void
    ) throws {
        // Nothing can be complete beyond the present.
        let end = min(end, now())
        if let list = SendGridList(rawValue: source.name) {
            try poll(list, from: start, until: end, page: page)
        } else {
            precondition(source.name == Self.logs, "SendGrid has no source \(source.name)")
            try pollLogs(from: start, until: end, page: page)
        }
    }

    /// The most rows that SendGrid gives at once, and how many of them are read a second time.
    ///
    /// Rows are addressed by their number while others are added and lifted. So each page begins
    /// within the one before: as long as the two share a row, none was passed over.
    private static var pageRows: Int { 500 }
    private static var sharedRows: Int { 10 }
    /// More than this is a server that has no end.
    private static var pagesMax: Int { 2_000 }
    private static var restartsMax: Int { 3 }

    private func poll(
        _ list: SendGridList, from start: Date, until end: Date,
        page: (EventPage) throws -> Void
    ) throws {
        var seen: Set<String> = []
        var offset = 0
        var restarts = 0
        // Both ends are inclusive at SendGrid, and whole seconds.
        let first = Int64(start.timeIntervalSince1970.rounded(.up))
        let last = Int64(end.timeIntervalSince1970.rounded(.up)) - 1
        guard first <= last else { return try page(EventPage(events: [], completeUntil: end)) }
        for _ in 0..<Self.pagesMax {
            let rows = try rows(of: list, "start_time=\(first)&end_time=\(last)", offset: offset)
            let events = rows.rows.map { $0.row.event(list, raw: $0.raw) }
            let isContinued = offset == 0 || events.contains { seen.contains($0.key) }
            let fresh = events.filter { seen.insert($0.key).inserted }
            let isLast = isContinued && rows.count < Self.pageRows
            if isContinued, !isLast, fresh.isEmpty, offset > 0 { break }
            try page(
                EventPage(
                    events: fresh, completeUntil: isLast ? end : nil,
                    unreadableRows: rows.unreadable))
            if isLast { return }
            restarts += isContinued ? 0 : 1
            if restarts > Self.restartsMax { break }
            offset = isContinued ? offset + Self.pageRows - Self.sharedRows : 0
        }
        throw unreadable("the pages of \(list.rawValue) do not come to an end")
    }

    private func rows(
        of list: SendGridList, _ window: String, offset: Int
    ) throws(ProviderError) -> RowPage<SendGridListRow> {
        let target = "\(list.path)?\(window)&limit=\(Self.pageRows)&offset=\(offset)"
        return try rows(SendGridListRow.self, of: read(.get, target))
    }
}
