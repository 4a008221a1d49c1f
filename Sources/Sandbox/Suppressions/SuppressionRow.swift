/// A line of one of the provider's lists. It has no message id: the real ones have none.
struct SuppressionRow: Hashable, Sendable {
    var created: Timestamp
    /// From when it can be seen.
    var visibleAt: Timestamp
    /// As it was spelled in the mail that put it here.
    var email: String
    var reason: String
    var status: String?

    /// The address that complaints seem to come from (TEST-NET-3, RFC 5737).
    static let sendingIP = "203.0.113.1"

    /// The row in the shape of its list: invalid_emails has no status, spam_reports no reason.
    func json(in list: ListName) -> JSONValue {
        let head: [JSONValue.Member] = [
            .init(name: "created", value: .integer(created.seconds)),
            .init(name: "email", value: .text(email)),
        ]
        let reason = JSONValue.Member(name: "reason", value: .text(reason))
        let status = JSONValue.Member(name: "status", value: .text(status ?? ""))
        return switch list {
        case .blocks, .bounces: .object(head + [reason, status])
        case .invalidEmails: .object(head + [reason])
        case .spamReports: .object(head + [.init(name: "ip", value: .text(Self.sendingIP))])
        }
    }
}
