import Crypto
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

/// What Postmark calls a happening that kept a mail from its recipient, or nearly.
enum PostmarkBounce: String {
    case hardBounce = "HardBounce"
    case transient = "Transient"
    case softBounce = "SoftBounce"
    case badEmailAddress = "BadEmailAddress"
    case spamComplaint = "SpamComplaint"
    case blocked = "Blocked"

    /// nil for what is no bounce.
    init?(_ happening: MailEvent) {
        switch (happening.event, happening.list) {
        case (.spamReport, _): self = .spamComplaint
        case (.deferred, _): self = .transient
        case (.bounce, .invalidEmails): self = .badEmailAddress
        case (.bounce, _): self = .hardBounce
        case (.block, _) where happening.classification == "Reputation": self = .blocked
        case (.block, _): self = .softBounce
        default: return nil
        }
    }

    /// Code, name and description as the API documentation has them.
    private var words: (code: Int64, name: String, description: String) {
        switch self {
        case .hardBounce:
            (
                1, "Hard bounce",
                "The server was unable to deliver your message (ex: unknown user, mailbox not"
                    + " found)."
            )
        case .transient:
            (
                2, "Message delayed",
                "The server could not temporarily deliver your message (ex: Message is delayed"
                    + " due to network troubles)."
            )
        case .softBounce:
            (
                4096, "Soft bounce",
                "Unable to temporarily deliver message (i.e. mailbox full, account disabled,"
                    + " exceeds quota, out of disk space)."
            )
        case .badEmailAddress:
            (100_000, "Invalid email address", "The address is not a valid email address.")
        case .spamComplaint:
            (100_001, "Spam complaint", "The subscriber explicitly marked this message as spam.")
        case .blocked:
            (
                100_006, "ISP block",
                "Blocked from this ISP due to content or blacklisting."
            )
        }
    }

    /// A bounce as `GET /bounces` tells it; `isInactive` is how the address stands now.
    func json(
        _ entry: JournalEntry, _ message: AcceptedMessage, isInactive: Bool
    ) -> JSONValue {
        let words = words
        return [
            "RecordType": "Bounce", "ID": .integer(Self.id(of: entry, message)),
            "Type": .text(rawValue), "TypeCode": .integer(words.code), "Name": .text(words.name),
            "Tag": "", "MessageID": .text(message.messageID), "ServerID": 23,
            "MessageStream": .text(message.stream ?? PostmarkVendor.stream),
            "Description": .text(words.description),
            "Details": .text("smtp;\(entry.happening.reason)"), "Email": .text(message.to),
            "From": .text(message.from), "BouncedAt": .text(PostmarkClock.text(entry.at)),
            "DumpAvailable": false, "Inactive": .bool(isInactive),
            "CanActivate": .bool(isInactive && self != .spamComplaint),
            "Subject": .text(message.subject),
        ]
    }

    /// The same bounce has the same id however often it is told; more than a Double can hold.
    static func id(of entry: JournalEntry, _ message: AcceptedMessage) -> Int64 {
        let digest = SHA256.hash(data: Array("\(message.messageID) \(entry.number)".utf8))
        return digest.prefix(8).reduce(0) { $0 << 8 | Int64($1) } & .max | 1 << 54
    }
}
