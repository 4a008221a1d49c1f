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
