import Hummingbird

/// `GET /bounces`, the newest first.
struct PostmarkBounceRoutes {
    let stage: RouteContext

    func add(to group: RouterGroup<SandboxContext>) {
        group.get("bounces", use: page)
    }

    private func page(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let page = try PostmarkPage(request)
        let type = page.parameters["type"]
        let email = page.parameters["emailFilter"]?.lowercased()
        let messageID = page.parameters["messageID"]
        let addresses = email.map { [$0] } ?? []
        return try await stage.play(
            .lists, addresses: addresses, isLaterPage: page.offset > 0, request, context
        ) { fault in
            let found = page.entries(of: stage.account) { entry, message in
                guard let bounce = PostmarkBounce(entry.happening) else { return false }
                return page.isInStream(message) && type ?? bounce.rawValue == bounce.rawValue
                    && email ?? message.to.lowercased() == message.to.lowercased()
                    && messageID ?? message.messageID == message.messageID
            }
            return page.answer("Bounces", found, fault: fault, json: json)
        }
    }

    private func json(_ found: (entry: JournalEntry, message: AcceptedMessage)) -> JSONValue {
        let bounce = PostmarkBounce(found.entry.happening)
        let deactivates = found.entry.happening.list.map { $0 != .blocks } ?? false
        let isInactive = deactivates && stage.account.suppression(of: found.message.to) != nil
        return bounce?.json(found.entry, found.message, isInactive: isInactive) ?? .null
    }
}
