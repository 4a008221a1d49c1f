package import Bounces
package import Dispatching
package import FoundationEssentials
import Invoicing
import Transport

/// Polling: the suppression lists and the logs.
extension SendGridProvider {
    package var sources: [EventSource] {
        SendGridList.allCases.map {
            EventSource(name: $0.rawValue, overlapSeconds: account.listOverlapSeconds)
        } + [EventSource(name: Self.logs, overlapSeconds: account.logsOverlapSeconds)]
    }

    package func poll(
        _ source: EventSource, from start: Date, until end: Date,
        page: (EventPage) throws -> Void
    ) throws {
        // Nothing can be complete beyond the present.
        let end = min(end, connection.now())
        if let list = SendGridList(rawValue: source.name) {
            try poll(list, from: start, until: end, page: page)
        } else {
            precondition(source.name == Self.logs, "SendGrid has no source \(source.name)")
            try pollLogs(from: start, until: end, page: page)
        }
    }

    package func listedSuppressions(
        page: ([ListedSuppression]) throws -> Void
    ) throws -> Bool {
        let end = connection.now() + 1
        for list in SendGridList.allCases where list.isEnforced {
            try read(list, from: Date(timeIntervalSince1970: 0), until: end) { rows, bad, _ in
                guard bad.isEmpty else {
                    throw unreadable("\(list.rawValue) holds a row that can't be read")
                }
                try page(rows.map { $0.row.suppression(list) })
            }
        }
        return true
    }

    package func read(_ report: UnreadReport) -> Reading {
        let raw = String(decoding: report.bytes, as: UTF8.self)
        if let list = SendGridList(rawValue: report.source) {
            guard let row = RowPage<SendGridListRow>.again(report) else {
                return .unread(report.reason)
            }
            return .events([row.event(list, raw: raw)])
        }
        guard let row = RowPage<SendGridLogRow>.again(report) else {
            return .unread(report.reason)
        }
        return .events([row.event(raw: raw)])
    }

    private func poll(
        _ list: SendGridList, from start: Date, until end: Date,
        page: (EventPage) throws -> Void
    ) throws {
        try read(list, from: start, until: end) { rows, unreadable, isLast in
            try page(
                EventPage(
                    events: rows.map { $0.row.event(list, raw: $0.raw) },
                    completeUntil: isLast ? end : nil,
                    unread: unreadable.map { UnreadReport(row: $0, source: list.rawValue) }))
        }
    }

    private func read(
        _ list: SendGridList, from start: Date, until end: Date,
        page: (
            _ rows: [(row: SendGridListRow, raw: String)], _ unreadable: [String],
            _ isLast: Bool
        ) throws -> Void
    ) throws {
        // Both ends are inclusive at SendGrid, and whole seconds.
        let first = Int64(start.timeIntervalSince1970.rounded(.up))
        let last = Int64(end.timeIntervalSince1970.rounded(.up)) - 1
        guard first <= last else { return try page([], [], true) }
        let pages = ShiftingPages<SendGridListRow>(
            name: list.rawValue, provider: name, key: { $0.key(list) })
        try pages.read(
            rows: { offset in
                let target =
                    "\(list.path)?start_time=\(first)&end_time=\(last)"
                    + "&limit=\(pages.pageRows)&offset=\(offset)"
                return try rows(SendGridListRow.self, of: read(.get, target))
            },
            page: page)
    }
}
