package import Bounces
import Dispatching
import FoundationEssentials
import Invoicing
import Transport
import Wire

/// Looking up submissions by our own id, or the ids behind an event.
extension SendGridProvider {
    /// How far the provider's clock may differ from the database's, and how late it may accept a
    /// message.
    private static var reachSeconds: Double { 2 * 3600 }
    /// The most requests for one doubt, beyond the messages whose subject matches.
    private static var unmatchedMax: Int { 200 }

    /// The logs can't be searched by our own id: they are searched by recipient and time, and the
    /// custom_args of each message found are read, the most likely first.
    func ask(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>] {
        let found = searches(for: queries)
        let likely = zip(queries, found).map { query, rows in
            rows.map { $0.filter { $0.subject == query.subject } }
        }
        var answers = self.answers(to: queries, among: likely)
        let open = answers.indices.filter { !answers[$0].isFound }
        let others = open.map { index in
            found[index].map { $0.filter { $0.subject != queries[index].subject } }
                .flatMap { rows in
                    guard rows.count <= Self.unmatchedMax else {
                        return Rows.failure(
                            unreadable(
                                "\(rows.count) messages to one address are too many to ask for"))
                    }
                    return .success(rows)
                }
        }
        for (index, answer) in zip(open, self.answers(to: open.map { queries[$0] }, among: others))
        where answer.isFound || answers[index] == .success(.absent) {
            answers[index] = answer
        }
        return answers
    }

    private typealias Answer = Result<LookupAnswer, ProviderError>
    private typealias Rows = Result<[SendGridLogRow], ProviderError>

    /// The details of the candidates, each requested once and all concurrently.
    private func answers(to queries: [LookupQuery], among found: [Rows]) -> [Answer] {
        let ids = Set(found.flatMap { (try? $0.get()) ?? [] }.map(\.messageID)).sorted()
        let responses = connection.reader.read(ids.map { detailRequest($0) })
        let details = Dictionary(
            uniqueKeysWithValues: zip(ids, responses).map { id, response in
                (
                    id,
                    response.flatMap { response in
                        Result { () throws(ProviderError) in try detail(response) }
                    }
                )
            })
        return zip(queries, found).map { query, rows in
            rows.flatMap { rows in
                answer(to: query, rows.map { ($0.messageID, details[$0.messageID]) })
            }
        }
    }

    /// A message with our ids is found, even if reading the others failed.
    private func answer(
        to query: LookupQuery,
        _ details: [(messageID: String, detail: Result<SendGridDetail?, ProviderError>?)]
    ) -> Answer {
        var unread = 0
        var failure: ProviderError?
        for (messageID, detail) in details {
            switch detail {
            case .success(let detail?) where detail.dispatchID == query.dispatchID:
                return .success(
                    .found(providerMessageID: SendGridMessageID.received(messageID)))
            case .success(.some): break
            case .success(nil), nil: unread += 1
            case .failure(let error): failure = failure ?? error
            }
        }
        if let failure { return .failure(failure) }
        guard unread == 0 else {
            return .failure(unreadable("\(unread) messages of the logs have no details yet"))
        }
        return .success(.absent)
    }

    /// All messages to the recipients in their windows, the nearest in time first.
    private func searches(for queries: [LookupQuery]) -> [Rows] {
        let searches = queries.enumerated().flatMap { index, query in
            // Queries are case-sensitive, and whether SendGrid keeps case is not documented.
            Set([query.recipient.text, query.recipient.key]).sorted().map { (index, $0) }
        }
        let responses = connection.reader.read(
            searches.map { index, address in
                searchRequest(in: Self.window(queries[index]), Self.condition(address))
            })
        var found = [Rows](repeating: .success([]), count: queries.count)
        for ((index, address), response) in zip(searches, responses) {
            let page = response.flatMap { response in
                Result { () throws(ProviderError) in
                    try whole(response, in: Self.window(queries[index]), recipient: address)
                }
            }
            found[index] = found[index].flatMap { rows in page.map { rows + $0 } }
        }
        return zip(queries, found).map { query, rows in
            rows.map { rows in
                rows.map { ($0, abs($0.createdAt.timeIntervalSince(query.attemptedAt))) }
                    .sorted { $0.1 < $1.1 }.map(\.0)
            }
        }
    }

    private static func window(_ query: LookupQuery) -> SecondsWindow {
        SecondsWindow(
            covering: query.attemptedAt - reachSeconds, query.attemptedUntil + reachSeconds)
    }

    private static func condition(_ recipient: String) -> String { "to_email = \"\(recipient)\"" }

    /// All messages of a window, which is halved where there are too many for one answer.
    private func whole(
        _ response: HTTPResponse, in window: SecondsWindow, recipient: String
    ) throws(ProviderError) -> [SendGridLogRow] {
        let page = try messages(of: response)
        guard page.unreadable.isEmpty else {
            throw unreadable("the logs hold rows that can't be read")
        }
        guard page.count >= Self.logRowsMax else { return page.rows.map(\.row) }
        guard let (earlier, later) = window.halves else {
            throw unreadable("a second of the logs holds more than can be read")
        }
        var rows: [SendGridLogRow] = []
        for half in [earlier, later] {
            let response = try connection.reader.read(
                searchRequest(in: half, Self.condition(recipient)))
            rows += try whole(response, in: half, recipient: recipient)
        }
        return rows
    }

    private func detailRequest(_ messageID: String) -> HTTPRequest {
        connection.request(.get, "/v3/logs/\(messageID.percentEncoded)")
    }

    /// What is known about one message; nil where the logs do not have it.
    private func detail(_ response: HTTPResponse) throws(ProviderError) -> SendGridDetail? {
        if response.status == 404 { return nil }
        guard response.status == 200 else { throw unreadable(Self.line(of: response)) }
        guard let detail = SendGridDetail(response.body) else {
            throw unreadable("200 with an answer that is not the details of a message")
        }
        return detail
    }

    /// The events of the message behind a log row, with our own ids; empty for any other event.
    package func details(of event: ProviderEvent) throws -> [ProviderEvent] {
        guard event.source == Self.logs, let row = SendGridLogRow(raw: event.raw) else {
            return []
        }
        return try detail(connection.reader.read(detailRequest(row.messageID)))?.events ?? []
    }
}

extension SendGridLogRow {
    /// Parses the row of an event again.
    fileprivate init?(raw: String) {
        // An event from a detail is no log row and has no further details.
        guard let row = try? JSONDecoder().decode(Self.self, from: Data(raw.utf8)) else {
            return nil
        }
        self = row
    }
}
