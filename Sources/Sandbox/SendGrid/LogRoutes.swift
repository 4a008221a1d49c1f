import HTTPTypes
import Hummingbird
import NIOCore

/// `POST /v3/logs` and `GET /v3/logs/{sg_message_id}`.
struct LogRoutes {
    let stage: RouteContext

    /// How many messages may be asked for; there is no second page.
    private static let limits = 1...1000
    private static let limitDefault = 10
    private static let bodyBytesMax = 1 << 16

    func add(to group: RouterGroup<SandboxContext>) {
        group.post("logs", use: search)
        group.get("logs/:id", use: detail)
    }

    private func search(_ request: Request, _ context: SandboxContext) async throws -> Response {
        var request = request
        let body = try await request.collectBody(upTo: Self.bodyBytesMax)
        let (query, limit) = try Self.read(body)
        let addresses = query.conditions.compactMap { condition -> String? in
            guard case .recipient(let address) = condition else { return nil }
            return address
        }
        return try await stage.play(.logs, addresses: addresses, request, context) { fault in
            let rows = stage.account.search(query, limit: limit).map(\.row)
            return Answer(json: ["messages": .list(rows.told(with: fault))])
        }
    }

    private func detail(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let id = context.parameters.get("id").flatMap(FormText.decode(path:)) ?? ""
        let logged = stage.account.logged(id)
        let addresses = logged.map { [$0.message.to] } ?? []
        return try await stage.play(.logs, addresses: addresses, request, context) { fault in
            guard let logged else { throw SendGridError.notFound }
            return Answer(json: logged.detail(isRepeating: fault?.kind == .duplicateEvents))
        }
    }

    private static func read(_ body: ByteBuffer) throws(SendGridError) -> (LogQuery, Int) {
        guard let json = try? JSONReader.read(body.readableBytesView), json.members != nil else {
            throw SendGridError(.badRequest, "invalid request body")
        }
        let limit = json["limit"].map { Int($0.integer ?? 0) } ?? limitDefault
        guard limits.contains(limit) else {
            throw SendGridError(.badRequest, "limit must be between 1 and 1000", field: "limit")
        }
        do {
            return (try LogQuery(json["query"]?.text ?? ""), limit)
        } catch {
            throw SendGridError(.badRequest, error.message, field: "query")
        }
    }
}

extension LogQuery {
    /// Reads a query; an empty one has no conditions and asks for recent messages.
    init(_ text: String) throws(LogQueryError) {
        var tokens = try LogQueryToken.split(text)[...]
        guard !tokens.isEmpty else { return }
        conditions.append(try Self.takeCondition(from: &tokens))
        while let token = tokens.popFirst() {
            guard token == .word("AND") else {
                throw LogQueryError(message: "invalid query: expected AND")
            }
            conditions.append(try Self.takeCondition(from: &tokens))
        }
    }

    private static func takeCondition(
        from tokens: inout ArraySlice<LogQueryToken>
    ) throws(LogQueryError) -> Condition {
        guard case .word(let field) = tokens.popFirst() else {
            throw LogQueryError(message: "invalid query: expected a field")
        }
        switch field {
        case "sg_message_id": return .messageID(try takeEqual(field, from: &tokens))
        case "subject": return .subject(try takeEqual(field, from: &tokens))
        case "to_email": return .recipient(try takeEqual(field, from: &tokens))
        case "reason": return .reason(try takeEqual(field, from: &tokens))
        case "status": return .status(try takeStatuses(from: &tokens))
        case "categories": return .categories(try takeList(field, from: &tokens))
        case "sg_message_id_created_at": return try takeTime(field, from: &tokens)
        default: throw LogQueryError(message: "invalid query: unknown field \(field)")
        }
    }

    private static func takeEqual(
        _ field: String, from tokens: inout ArraySlice<LogQueryToken>
    ) throws(LogQueryError) -> String {
        guard tokens.popFirst() == .sign("="), case .text(let value) = tokens.popFirst() else {
            throw LogQueryError(message: "invalid query: \(field) takes = and a quoted value")
        }
        return value
    }

    private static func takeStatuses(
        from tokens: inout ArraySlice<LogQueryToken>
    ) throws(LogQueryError) -> Set<String> {
        let statuses = try takeList("status", from: &tokens)
        for status in statuses where MessageStatus(rawValue: status) == nil {
            throw LogQueryError(message: "invalid query: unknown status \(status)")
        }
        return statuses
    }

    private static func takeList(
        _ field: String, from tokens: inout ArraySlice<LogQueryToken>
    ) throws(LogQueryError) -> Set<String> {
        let error = LogQueryError(
            message: "invalid query: \(field) takes IN and a list of quoted values in brackets")
        guard tokens.popFirst() == .word("IN"), tokens.popFirst() == .sign("(") else { throw error }
        var values: Set<String> = []
        while true {
            guard case .text(let value) = tokens.popFirst() else { throw error }
            values.insert(value)
            switch tokens.popFirst() {
            case .sign(","): continue
            case .sign(")"): return values
            default: throw error
            }
        }
    }

    private static func takeTime(
        _ field: String, from tokens: inout ArraySlice<LogQueryToken>
    ) throws(LogQueryError) -> Condition {
        guard case .sign(let sign) = tokens.popFirst(), let comparison = Comparison(rawValue: sign),
            tokens.popFirst() == .word("TIMESTAMP"), case .text(let text) = tokens.popFirst(),
            let timestamp = Timestamp(iso8601: text)
        else {
            throw LogQueryError(
                message: "invalid query: \(field) takes <, <=, > or >= and TIMESTAMP \"...\"")
        }
        return .createdAt(comparison, timestamp)
    }
}

/// A word of the query language.
enum LogQueryToken: Hashable, Sendable {
    /// A field, `AND`, `IN` or `TIMESTAMP`.
    case word(String)
    case text(String)
    /// `=`, `<`, `<=`, `>`, `>=`, `(`, `)` or `,`.
    case sign(String)

    /// Splits a query into its words.
    static func split(_ query: String) throws(LogQueryError) -> [LogQueryToken] {
        var tokens: [LogQueryToken] = []
        var rest = query[...]
        while let character = rest.first {
            switch character {
            case " ", "\t", "\n": rest.removeFirst()
            case "\"", "'": tokens.append(.text(try takeText(from: &rest)))
            case "(", ")", ",", "=": tokens.append(.sign(String(rest.removeFirst())))
            case "<", ">": tokens.append(.sign(takeComparison(from: &rest)))
            default: tokens.append(.word(try takeWord(from: &rest)))
            }
        }
        return tokens
    }

    private static func takeText(from rest: inout Substring) throws(LogQueryError) -> String {
        let quote = rest.removeFirst()
        guard let end = rest.firstIndex(of: quote) else {
            throw LogQueryError(message: "invalid query: a quoted value does not end")
        }
        defer { rest = rest[rest.index(after: end)...] }
        return String(rest[..<end])
    }

    private static func takeComparison(from rest: inout Substring) -> String {
        let sign = rest.prefix(rest.dropFirst().first == "=" ? 2 : 1)
        rest = rest.dropFirst(sign.count)
        return String(sign)
    }

    private static func takeWord(from rest: inout Substring) throws(LogQueryError) -> String {
        let word = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard !word.isEmpty else {
            throw LogQueryError(
                message: "invalid query: unexpected \(rest.first.map(String.init) ?? "end")")
        }
        rest = rest.dropFirst(word.count)
        return String(word)
    }
}

/// A query that the language does not allow, in words for whoever wrote it.
struct LogQueryError: Error, Hashable {
    var message: String
}
