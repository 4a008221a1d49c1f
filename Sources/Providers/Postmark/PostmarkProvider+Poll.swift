package import Bounces
package import Dispatching
package import FoundationEssentials
import Invoicing
import Transport

/// Polling bounces, and the deliveries of messages that did not bounce.
extension PostmarkProvider {
    static var bounces: String { "bounces" }
    static var messages: String { "messages" }
    static var lateMessages: String { "late_messages" }

    /// "count + offset may not exceed 10,000"; a window with fewer rows has room to grow in the
    /// meantime.
    private static var rowsMax: Int { 10_000 }
    private static var rowsWanted: Int { 9_000 }
    /// Postmark attempts delivery for less than a day.
    private static var lateSeconds: Double { 24 * 3600 }

    /// Bounces, and the messages twice.
    ///
    /// Deliveries are reported only in each message's own details, which are read once the message
    /// has settled, and again a day later in case the receiving server delayed it.
    package var sources: [EventSource] {
        [
            EventSource(name: Self.bounces, overlapSeconds: account.margins.overlapSeconds),
            EventSource(name: Self.messages, overlapSeconds: 1),
            EventSource(name: Self.lateMessages, overlapSeconds: 1),
        ]
    }

    package func poll(
        _ source: EventSource, from start: Date, until end: Date,
        page: (EventPage) throws -> Void
    ) throws {
        switch source.name {
        case Self.bounces:
            // Nothing can be complete beyond the present.
            try pollBounces(from: start, until: min(end, connection.clock.now()), page: page)
        case Self.messages, Self.lateMessages:
            let age =
                source.name == Self.messages
                ? Double(account.margins.settleSeconds) : Self.lateSeconds
            try pollMessages(
                from: start, until: min(end, connection.clock.now() - age), page: page)
        default: preconditionFailure("Postmark has no source \(source.name)")
        }
    }

    private func pollBounces(
        from start: Date, until end: Date, page: (EventPage) throws -> Void
    ) throws {
        try poll(
            PostmarkBounceRow.self, "/bounces?\(streamFilter)&", "Bounces", key: \.id, from: start,
            until: end,
            readings: {
                $0.map {
                    Reading($0.row.event(raw: $0.raw, ownStream: stream), ofKind: $0.row.words)
                }
            }, source: Self.bounces, page: page)
    }

    package func read(_ report: UnreadReport) -> Reading {
        let raw = String(decoding: report.bytes, as: UTF8.self)
        if report.source == Self.bounces, let row = RowPage<PostmarkBounceRow>.again(report) {
            return Reading(row.event(raw: raw, ownStream: stream), ofKind: row.words)
        }
        if report.source == Self.messages, let row = RowPage<PostmarkMessageRow>.again(report) {
            return Reading(row.event(raw: raw), ofKind: Self.nobodys)
        }
        return .unread(report.reason)
    }

    private static var nobodys: String { "a message without a recipient" }

    private func pollMessages(
        from start: Date, until end: Date, page: (EventPage) throws -> Void
    ) throws {
        try poll(
            PostmarkMessageRow.self, "/messages/outbound?\(streamFilter)&status=sent&", "Messages",
            key: \.messageID,
            from: start, until: end,
            readings: { rows in
                let taken = rows.map {
                    Reading($0.row.event(raw: $0.raw), ofKind: Self.nobodys)
                }
                return try taken + [.events(deliveries(of: rows.map(\.row.messageID)))]
            }, source: Self.messages, page: page)
    }

    /// Reads all rows of a range of time, which is halved where there are too many.
    ///
    /// A range that can't be halved is read as far as possible, and the page reports the shortfall:
    /// a cursor that waited for the rest would wait forever.
    private func poll<Row: Decodable>(
        _ type: Row.Type, _ path: String, _ member: String, key: @escaping (Row) -> String,
        from start: Date, until end: Date,
        readings: ([(row: Row, raw: String)]) throws -> [Reading], source: String,
        page: (EventPage) throws -> Void
    ) throws {
        var windows = [SecondsWindow(covering: start, end)]
        while let window = windows.popLast() {
            guard !window.isEmpty else {
                try page(EventPage(events: [], completeUntil: end))
                continue
            }
            let query = Self.query(window)
            let pages = ShiftingPages<Row>(name: member, provider: name, key: key)
            func read(_ offset: Int) throws -> (page: RowPage<Row>, total: Int) {
                let count = min(pages.pageRows, Self.rowsMax - offset)
                return try rows(
                    type, member, at: "\(path)count=\(count)&offset=\(offset)&\(query)")
            }
            let first = try read(0)
            if first.total > Self.rowsWanted, let (earlier, later) = Self.halves(of: window) {
                windows += [later, earlier]
                continue
            }
            let isCut = first.total > Self.rowsMax
            var firstPage: RowPage<Row>? = first.page
            try pages.read(
                rows: { offset in
                    defer { firstPage = nil }
                    return try firstPage ?? read(offset).page
                },
                page: { rows, unreadable, isLast in
                    try page(
                        EventPage(
                            readings(rows),
                            completeUntil: isLast ? min(window.endDate, end) : nil,
                            unread: unreadable.map { UnreadReport(row: $0, source: source) },
                            shortfall: isLast && isCut
                                ? Self.shortfall(first.total, member, in: window) : nil))
                })
        }
    }

    private static func shortfall(_ total: Int, _ member: String, in window: SecondsWindow)
        -> String
    {
        let second = Date(timeIntervalSince1970: Double(window.start)).ISO8601Format()
        return "of the \(total) \(member) from \(second) only \(rowsMax) can be read"
    }

    /// Both ends are inclusive, in whole seconds of US Eastern Time.
    private static func query(_ window: SecondsWindow) -> String {
        let from = EasternTime.from(window.start).percentEncoded
        let to = EasternTime.to(window.end).percentEncoded
        return "fromdate=\(from)&todate=\(to)"
    }

    /// Halves a window; nil where a half would be queried with the same text as the whole.
    private static func halves(of window: SecondsWindow) -> (SecondsWindow, SecondsWindow)? {
        guard let (earlier, later) = window.halves, query(earlier) != query(window),
            query(later) != query(window)
        else { return nil }
        return (earlier, later)
    }

    /// The deliveries of messages, one request for each.
    private func deliveries(of messageIDs: [String]) throws(ProviderError) -> [ProviderEvent] {
        let requests = messageIDs.map {
            connection.request(.get, "/messages/outbound/\($0.percentEncoded)/details")
        }
        var events: [ProviderEvent] = []
        for result in connection.reader.read(requests) {
            let response = try result.get()
            // Gone since the page was read: its retention has expired.
            if response.status == 404 || response.status == 422 { continue }
            guard let detail = PostmarkDetail(try body(of: response)) else {
                throw unreadable("200 with an answer that is not the details of a message")
            }
            events += detail.deliveries
        }
        return events
    }
}
