import HTTPTypes
import Hummingbird
import NIOCore

/// `/v3/suppression/{blocks,bounces,invalid_emails,spam_reports}`.
struct SuppressionRoutes {
    let stage: RouteContext

    /// The most that a request to delete several addresses may carry.
    private static let bodyBytesMax = 1 << 20

    func add(to group: RouterGroup<SandboxContext>) {
        group.get("suppression/:list", use: page)
        group.get("suppression/:list/:email", use: row)
        group.delete("suppression/:list", use: deleteSeveral)
        group.delete("suppression/:list/:email", use: delete)
    }

    private func page(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let list = try Self.list(context)
        let queryText = request.uri.query ?? ""
        guard let parameters = FormText.decode(query: queryText) else {
            throw SendGridError(.badRequest, "invalid query string")
        }
        var query = try SuppressionQuery(parameters, list: list)
        return try await stage.play(
            .lists, addresses: parameters["email"].map { [$0] } ?? [],
            isLaterPage: query.offset > 0, request, context
        ) { fault in
            if let fault, fault.kind == .rowsShift { query.offset += fault.rows }
            return Self.answer(stage.account.page(of: list, query), list: list, fault: fault)
        }
    }

    private func row(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let list = try Self.list(context)
        let email = try Self.email(context)
        return try await stage.play(.lists, addresses: [email], request, context) { fault in
            let rows = stage.account.row(of: email, in: list).map { [$0] } ?? []
            return Self.answer(rows, list: list, fault: fault)
        }
    }

    private func delete(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let list = try Self.list(context)
        let email = try Self.email(context)
        return try await stage.play(.delete, addresses: [email], request, context) { _ in
            guard try stage.account.lift(email, from: list) else { throw SendGridError.notFound }
            return Answer(status: .noContent)
        }
    }

    /// Deletes the addresses that are named.
    ///
    /// The real API takes `{"delete_all":true}` too and empties the list; no client of ours may
    /// ever send that, so it is refused here.
    private func deleteSeveral(
        _ request: Request, _ context: SandboxContext
    ) async throws -> Response {
        let list = try Self.list(context)
        let body = try await request.body.collect(upTo: Self.bodyBytesMax)
        let json = try? JSONReader.read(body.readableBytesView)
        guard let emails = json?["emails"]?.list?.map(\.text), json?["delete_all"] != .bool(true),
            !emails.isEmpty
        else {
            throw SendGridError(
                .badRequest, "the sandbox deletes only the addresses in emails", field: "emails")
        }
        let addresses = emails.compactMap { $0 }
        return try await stage.play(.delete, addresses: addresses, request, context) { _ in
            for address in addresses { _ = try stage.account.lift(address, from: list) }
            return Answer(status: .noContent)
        }
    }

    private static func answer(
        _ rows: [SuppressionRow], list: ListName, fault: SandboxFault?
    ) -> Answer {
        Answer(json: .list(rows.map { $0.json(in: list) }.told(with: fault)))
    }

    private static func list(_ context: SandboxContext) throws(SendGridError) -> ListName {
        guard let list = context.parameters.get("list").flatMap(ListName.init) else {
            throw .notFound
        }
        return list
    }

    private static func email(_ context: SandboxContext) throws(SendGridError) -> String {
        guard let email = context.parameters.get("email").flatMap(FormText.decode(path:)) else {
            throw .notFound
        }
        return email
    }
}

extension SuppressionQuery {
    /// Reads the parameters of a list request.
    init(_ parameters: [String: String], list: ListName) throws(SendGridError) {
        startTime = try Self.number("start_time", parameters, in: 0...Int64.max)
        endTime = try Self.number("end_time", parameters, in: 0...Int64.max)
        if let limit = try Self.number("limit", parameters, in: 1...Int64(Self.limitMax)) {
            self.limit = Int(limit)
        }
        if let offset = try Self.number("offset", parameters, in: 0...Int64(Int32.max)) {
            self.offset = Int(offset)
        }
        if let email = parameters["email"], !email.isEmpty {
            self.email = EmailPattern(email, in: list)
        }
    }

    private static func number(
        _ name: String, _ parameters: [String: String], in range: ClosedRange<Int64>
    ) throws(SendGridError) -> Int64? {
        guard let text = parameters[name] else { return nil }
        guard let number = Int64(text), range.contains(number) else {
            throw SendGridError(.badRequest, "invalid value for \(name)", field: name)
        }
        return number
    }
}
