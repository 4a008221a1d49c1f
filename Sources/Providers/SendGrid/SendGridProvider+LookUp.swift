package import Dispatching
import FoundationEssentials
package import Invoicing
import Transport

/// Asking by our own id what became of a submission, or what an event is about.
extension SendGridProvider {
    /// "All email customers will have access to 30 days"; a day is kept back.
    private static var retentionSeconds: Double { 29 * 86_400 }
    /// How far the provider's clock may be from ours, and how late it may take a message in.
    private static var reachSeconds: Int64 { 2 * 3600 }
    /// A bound on the requests for one doubt, beyond those whose subject fits.
    private static var strangersMax: Int { 200 }

    /// The logs have no search by own id: they are searched by recipient and time, and each
    /// message found there is asked for its custom_args, the likeliest first.
    package func lookUp(_ query: LookupQuery) throws -> LookupAnswer {
        guard connection.now().timeIntervalSince(query.attemptedAt) < Self.retentionSeconds else {
            return .unsupported
        }
        var unread = 0
        for row in try candidates(query) {
            guard let detail = try detail(of: row.messageID) else {
                unread += 1
                continue
            }
            if detail.dispatchID == query.dispatchID {
                return .found(providerMessageID: SendGridMessageID.received(row.messageID))
            }
        }
        guard unread == 0 else {
            throw unreadable("\(unread) messages of the logs have no details yet")
        }
        return .absent
    }

    private func candidates(_ query: LookupQuery) throws -> [SendGridLogRow] {
        let attempted = Int64(query.attemptedAt.timeIntervalSince1970)
        let window = SecondsWindow(
            start: attempted - Self.reachSeconds, end: attempted + Self.reachSeconds)
        // Queries tell case apart, and whether SendGrid keeps it is not documented.
        let spellings = Set([query.recipient.text, query.recipient.key])
        let rows = try spellings.sorted().flatMap { address in
            try search(in: window, recipient: address)
        }
        let distances = rows.map {
            (row: $0, distance: abs($0.createdAt.timeIntervalSince(query.attemptedAt)))
        }
        let sorted = distances.sorted { $0.distance < $1.distance }.map(\.row)
        let likely = sorted.filter { $0.subject == query.subject }
        let others = sorted.filter { $0.subject != query.subject }
        guard others.count <= Self.strangersMax else {
            throw unreadable("\(rows.count) messages to one address are too many to ask for")
        }
        return likely + others
    }

    /// All messages to an address in a window, which is halved where they are too many.
    private func search(
        in window: SecondsWindow, recipient: String
    ) throws(ProviderError) -> [SendGridLogRow] {
        let page = try search(in: window, "to_email = \"\(recipient)\"")
        guard page.unreadable.isEmpty else {
            throw unreadable("the logs hold rows that can't be read")
        }
        guard page.count >= Self.logRowsMax else { return page.rows.map(\.row) }
        guard let (earlier, later) = window.halves else {
            throw unreadable("a second of the logs holds more than can be read")
        }
        return try search(in: earlier, recipient: recipient)
            + search(in: later, recipient: recipient)
    }

    /// What is known of one message; nil where the logs do not know it.
    private func detail(of messageID: String) throws(ProviderError) -> SendGridDetail? {
        let response = try read(.get, "/v3/logs/\(messageID.percentEncoded)")
        if response.status == 404 { return nil }
        guard response.status == 200 else { throw unreadable(SendGridAnswer(response).line) }
        guard let detail = SendGridDetail(response.body) else {
            throw unreadable("200 with an answer that is not the details of a message")
        }
        return detail
    }

    package func details(of event: ProviderEvent) throws -> [ProviderEvent] {
        guard event.source == Self.logs, let row = SendGridLogRow(raw: event.raw) else {
            return []
        }
        return try detail(of: row.messageID)?.events ?? []
    }
}

extension SendGridLogRow {
    /// Reads the row of an event again.
    fileprivate init?(raw: String) {
        // An event of a detail's is no row: it has no more details.
        guard let row = try? JSONDecoder().decode(Self.self, from: Data(raw.utf8)) else {
            return nil
        }
        self = row
    }
}
