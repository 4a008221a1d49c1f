import FoundationEssentials
import HTTPTypes
import Hummingbird

/// `GET` and `DELETE /v3/{domain}/{bounces,complaints,unsubscribes}/{address}`, and `GET` of a
/// whole list in the order of the alphabet.
///
/// A whole list is not deleted: `DELETE` without an address empties the real one, and no client of
/// ours may ever send that.
struct MailgunListRoutes {
    let stage: RouteContext

    private static let limitDefault = 100
    private static let limitMax = 1_000

    /// One of the domain's lists, and the account's behind it.
    private enum List: String {
        case bounces, complaints, unsubscribes

        var names: [ListName] {
            switch self {
            case .bounces: [.bounces, .invalidEmails]
            case .complaints: [.spamReports]
            case .unsubscribes: []
            }
        }

        var notFound: MailgunError {
            switch self {
            case .bounces: MailgunError(.notFound, "Address not found in bounces table")
            case .complaints:
                MailgunError(.notFound, "No spam complaints found for this address")
            case .unsubscribes:
                MailgunError(.notFound, "Address not found in unsubscribers table")
            }
        }

        var removed: String {
            switch self {
            case .bounces: "Bounced address has been removed"
            case .complaints: "Spam complaint has been removed"
            case .unsubscribes: "Unsubscribe event has been removed"
            }
        }
    }

    func add(to group: RouterGroup<SandboxContext>) {
        group.get(":list", use: page)
        group.get(":list/:address", use: row)
        group.delete(":list/:address", use: delete)
    }

    private func page(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let domain = try MailgunVendor.domain(context)
        guard let list = context.parameters.get("list").flatMap(List.init),
            let parameters = FormText.decode(query: request.uri.query ?? ""),
            let limit = parameters["limit"].map({ Int($0) }) ?? Self.limitDefault,
            (1...Self.limitMax).contains(limit)
        else { throw MailgunError(.notFound, "Not Found") }
        let after = parameters["address"] ?? ""
        return try await stage.play(.lists, addresses: [], request, context) { fault in
            let rows = list.names
                .flatMap { stage.account.page(of: $0, SuppressionQuery(limit: .max)) }
                .filter { $0.email > after }.sorted { $0.email < $1.email }.prefix(limit)
            let last = FormText.encode(query: rows.last?.email ?? after)
            let next = "/v3/\(domain)/\(list.rawValue)?page=next&address=\(last)&limit=\(limit)"
            let items = rows.map { Self.json($0, of: list) }
            return Answer(json: [
                "items": .list(items.told(with: fault)),
                "paging": ["next": .text("https://api.mailgun.net\(next)")],
            ])
        }
    }

    private func row(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let (list, address) = try Self.target(context)
        return try await stage.play(.lists, addresses: [address], request, context) { _ in
            guard
                let row = list.names.lazy.compactMap({ stage.account.row(of: address, in: $0) })
                    .first
            else { throw list.notFound }
            return Answer(json: Self.json(row, of: list))
        }
    }

    private static func json(_ row: SuppressionRow, of list: List) -> JSONValue {
        var members: [JSONValue.Member] = [.init(name: "address", value: .text(row.email))]
        if list == .bounces {
            members += [
                .init(name: "code", value: "550"), .init(name: "error", value: .text(row.reason)),
            ]
        }
        if list == .unsubscribes { members.append(.init(name: "tags", value: ["*"])) }
        members.append(.init(name: "created_at", value: .text(httpDate(row.created))))
        return .object(members)
    }

    private func delete(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let (list, address) = try Self.target(context)
        return try await stage.play(.delete, addresses: [address], request, context) { _ in
            var isLifted = false
            for name in list.names {
                isLifted = try stage.account.lift(address, from: name) || isLifted
            }
            guard isLifted else { throw list.notFound }
            return Answer(json: ["message": .text(list.removed), "address": .text(address)])
        }
    }

    private static func target(
        _ context: SandboxContext
    ) throws(MailgunError) -> (List, String) {
        _ = try MailgunVendor.domain(context)
        guard let list = context.parameters.get("list").flatMap(List.init) else {
            throw MailgunError(.notFound, "Not Found")
        }
        // A plus sign stands for a space to Mailgun, in a path too.
        guard let text = context.parameters.get("address"), !text.contains("+"),
            let address = FormText.decode(path: text)
        else { throw list.notFound }
        return (list, address)
    }

    /// `Thu, 11 Dec 2025 01:49:40 UTC`.
    private static func httpDate(_ time: Timestamp) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents(
            [.weekday, .day, .month, .year],
            from: Date(timeIntervalSince1970: Double(time.seconds)))
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let day = parts.day ?? 1
        let clock = time.iso8601.dropFirst("2025-12-11T".count).prefix("01:49:40".count)
        return "\(days[(parts.weekday ?? 1) - 1]), \(day < 10 ? "0" : "")\(day) "
            + "\(months[(parts.month ?? 1) - 1]) \(parts.year ?? 0) \(clock) UTC"
    }
}
