import Hummingbird

/// `GET /message-streams/{stream}/suppressions/dump` and `POST …/suppressions/delete`.
struct PostmarkSuppressionRoutes {
    let stage: RouteContext

    /// The lists behind Postmark's one, and what it calls the reason.
    private static let lists: [(list: ListName, reason: String)] = [
        (.bounces, "HardBounce"), (.invalidEmails, "HardBounce"), (.spamReports, "SpamComplaint"),
    ]
    /// "Limited to 50 addresses".
    private static let addressesMax = 50
    private static let bodyBytesMax = 1 << 20

    func add(to group: RouterGroup<SandboxContext>) {
        group.get("message-streams/:stream/suppressions/dump", use: dump)
        group.post("message-streams/:stream/suppressions/delete", use: delete)
    }

    private func dump(_ request: Request, _ context: SandboxContext) async throws -> Response {
        try Self.checkStream(context)
        guard let parameters = FormText.decode(query: request.uri.query ?? "") else {
            throw PostmarkError.invalid("The query can't be read.")
        }
        let email = parameters["EmailAddress"]
        return try await stage.play(
            .lists, addresses: email.map { [$0] } ?? [], request, context
        ) { fault in
            let rows = Self.lists.flatMap { list, reason in
                self.rows(of: list, email).map { Self.json($0, reason: reason) }
            }
            return Answer(json: ["Suppressions": .list(rows.told(with: fault))])
        }
    }

    private func rows(of list: ListName, _ email: String?) -> [SuppressionRow] {
        guard let email else {
            return stage.account.page(of: list, SuppressionQuery(limit: .max))
        }
        return stage.account.row(of: email, in: list).map { [$0] } ?? []
    }

    private static func json(_ row: SuppressionRow, reason: String) -> JSONValue {
        [
            "EmailAddress": .text(row.email), "SuppressionReason": .text(reason),
            "Origin": "Recipient", "CreatedAt": .text(PostmarkClock.text(row.created)),
        ]
    }

    /// What became of each address stands in the answer: a complaint can't be deleted.
    private func delete(_ request: Request, _ context: SandboxContext) async throws -> Response {
        try Self.checkStream(context)
        let body = try await request.body.collect(upTo: Self.bodyBytesMax)
        let json = try? JSONReader.read(body.readableBytesView)
        let addresses = (json?["Suppressions"]?.list ?? []).compactMap { $0["EmailAddress"]?.text }
        guard !addresses.isEmpty, addresses.count <= Self.addressesMax else {
            throw PostmarkError.invalid("Between 1 and 50 Suppressions are deleted at once.")
        }
        return try await stage.play(.delete, addresses: addresses, request, context) { _ in
            Answer(json: ["Suppressions": .list(try addresses.map { try delete($0) })])
        }
    }

    private func delete(_ address: String) throws -> JSONValue {
        if stage.account.row(of: address, in: .spamReports) != nil {
            return [
                "EmailAddress": .text(address), "Status": "Failed",
                "Message": "You do not have the required authority to change this suppression.",
            ]
        }
        var isDeleted = true
        for list in [ListName.bounces, .invalidEmails]
        where stage.account.row(of: address, in: list) != nil {
            isDeleted = try stage.account.lift(address, from: list) && isDeleted
        }
        return [
            "EmailAddress": .text(address), "Status": .text(isDeleted ? "Deleted" : "Failed"),
            "Message": isDeleted ? .null : "The address is spelled otherwise on the list.",
        ]
    }

    private static func checkStream(_ context: SandboxContext) throws(PostmarkError) {
        guard PostmarkVendor.has(stream: context.parameters.get("stream") ?? "") else {
            throw PostmarkError(1226, "The message stream for the provided 'ID' was not found.")
        }
    }
}
