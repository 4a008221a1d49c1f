import FoundationEssentials
import Hummingbird

/// `GET /v3/{domain}/events` and its further pages, in the order of time.
///
/// A page begins where the one before it ended. An event that can be seen only later is put in
/// before that place: who goes on from page to page never sees it, as with the real one.
struct MailgunEventRoutes {
    let stage: RouteContext

    private static let limitMax = 300

    /// What is asked for, which the address of each further page carries along.
    private struct Query: Sendable {
        var place: Int
        var end: Timestamp
        var limit: Int
        var events: Set<String>
        var recipient: String?
        var messageID: String?
    }

    func add(to group: RouterGroup<SandboxContext>) {
        group.get("events", use: first)
        group.get("events/:token", use: further)
    }

    private func first(_ request: Request, _ context: SandboxContext) async throws -> Response {
        _ = try MailgunVendor.domain(context)
        guard let parameters = FormText.decode(query: request.uri.query ?? "") else {
            throw MailgunError(.badRequest, "The query can't be read.")
        }
        return try await answer(try query(parameters), request, context)
    }

    private func query(_ parameters: [String: String]) throws(MailgunError) -> Query {
        guard let begin = parameters["begin"].flatMap({ Double($0) }),
            parameters["ascending"] == "yes"
        else {
            throw MailgunError(.badRequest, "The sandbox takes begin and ascending=yes.")
        }
        let end = parameters["end"].map { Double($0) } ?? .infinity
        let limit = parameters["limit"].map { Int($0) } ?? Self.limitMax
        guard let end, let limit, (1...Self.limitMax).contains(limit) else {
            throw MailgunError(.badRequest, "end and limit are numbers, limit at most 300")
        }
        let words = (parameters["event"] ?? "").split(separator: " ").map(String.init)
        return Query(
            place: stage.account.journalPlace(at: Self.timestamp(begin)),
            end: Self.timestamp(end), limit: limit,
            events: Set(words.filter { $0 != "OR" }), recipient: parameters["recipient"],
            messageID: parameters["message-id"])
    }

    private static func timestamp(_ seconds: Double) -> Timestamp {
        Timestamp(milliseconds: Int64(min(max(seconds, 0), 1e12) * 1000))
    }

    private func further(_ request: Request, _ context: SandboxContext) async throws -> Response {
        _ = try MailgunVendor.domain(context)
        guard let query = context.parameters.get("token").flatMap(Self.read) else {
            throw MailgunError(.badRequest, "Invalid page token")
        }
        return try await answer(query, request, context)
    }

    private func answer(
        _ query: Query, _ request: Request, _ context: SandboxContext
    ) async throws -> Response {
        let domain = try MailgunVendor.domain(context)
        let logsBegin = stage.account.logsBegin
        let host = request.head.authority ?? "127.0.0.1"
        return try await stage.play(
            .logs, addresses: query.recipient.map { [$0] } ?? [], request, context
        ) { fault in
            let found = stage.account.journal(
                from: query.place, until: query.end, limit: query.limit
            ) { entry, message in
                let event = MailgunEvent(entry: entry, message: message)
                return entry.at >= logsBegin
                    && (query.events.isEmpty || query.events.contains(event.name))
                    && (query.recipient.map { $0 == message.to } ?? true)
                    && (query.messageID.map { $0 == message.messageID } ?? true)
            }
            var next = query
            next.place = found.last.map { $0.entry.index + 1 } ?? query.place
            let rows = found.map { MailgunEvent(entry: $0.entry, message: $0.message).json }
            let base = "http://\(host)/v3/\(domain)/events/"
            return Answer(json: [
                "items": .list(rows.told(with: fault)),
                "paging": [
                    "next": .text(base + Self.token(next)),
                    "previous": .text(base + Self.token(query)),
                    "first": .text(base + Self.token(query)),
                    "last": .text(base + Self.token(next)),
                ],
            ])
        }
    }

    private static func token(_ query: Query) -> String {
        let json: JSONValue = [
            "place": .integer(Int64(query.place)), "end": .integer(query.end.milliseconds),
            "limit": .integer(Int64(query.limit)),
            "events": .list(query.events.sorted().map(JSONValue.text)),
            "recipient": query.recipient.map(JSONValue.text) ?? .null,
            "message-id": query.messageID.map(JSONValue.text) ?? .null,
        ]
        return Base64URL.encode(json.bytes)
    }

    private static func read(_ token: String) -> Query? {
        guard let bytes = Base64URL.decode(token), let json = try? JSONReader.read(bytes),
            let place = json["place"]?.integer, let end = json["end"]?.integer,
            let limit = json["limit"]?.integer, let events = json["events"]?.list
        else { return nil }
        return Query(
            place: Int(place), end: Timestamp(milliseconds: end), limit: Int(limit),
            events: Set(events.compactMap(\.text)), recipient: json["recipient"]?.text,
            messageID: json["message-id"]?.text)
    }
}
