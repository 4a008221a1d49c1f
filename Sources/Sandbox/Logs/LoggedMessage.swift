/// A message with what can be seen of it at one moment.
struct LoggedMessage: Sendable {
    var message: AcceptedMessage
    /// The visible events, the oldest first.
    var events: [LoggedEvent]

    /// What the latest event that counts says.
    var status: MessageStatus {
        events.reversed().lazy.compactMap(\.happening.event.messageStatus).first ?? .processed
    }

    /// The text of the latest event that has one.
    var reason: String? {
        events.last { !$0.happening.reason.isEmpty }?.happening.reason
    }

    /// Messages are told apart by the whole second in which they came.
    var createdAt: Timestamp {
        Timestamp(seconds: message.acceptedAt.seconds)
    }

    /// Whether all conditions hold; texts are compared case by case, as the vendor says.
    func matches(_ query: LogQuery) -> Bool {
        query.conditions.allSatisfy(matches)
    }

    private func matches(_ condition: LogQuery.Condition) -> Bool {
        switch condition {
        case .messageID(let id): message.messageID == id
        case .subject(let subject): message.subject == subject
        case .recipient(let address): message.to == address
        case .reason(let text): reason == text
        case .status(let statuses): statuses.contains(status.rawValue)
        case .categories: false  // The sandbox keeps none.
        case .createdAt(let comparison, let timestamp): comparison.holds(createdAt, timestamp)
        }
    }
}

/// An event as the logs tell it.
struct LoggedEvent: Hashable, Sendable {
    /// Its place among the events of its message, which its id is made of.
    var number: Int
    var at: Timestamp
    var happening: MailEvent
}

/// What `POST /v3/logs` is asked for: conditions that must all hold.
///
/// The language (Email Logs API): `field operator value`, joined by `AND`, no nesting; a value
/// stands in double or single quotes, a time is `TIMESTAMP "2026-01-01T00:00:00Z"`. How a quote
/// inside a value is written is not documented, so there is no way to; an address with an
/// apostrophe goes in double quotes.
struct LogQuery: Hashable, Sendable {
    var conditions: [Condition] = []

    enum Condition: Hashable, Sendable {
        case messageID(String)
        case subject(String)
        case recipient(String)
        case reason(String)
        case status(Set<String>)
        case categories(Set<String>)
        case createdAt(Comparison, Timestamp)
    }

    enum Comparison: String, Hashable, Sendable {
        case before = "<"
        case notAfter = "<="
        case after = ">"
        case notBefore = ">="

        func holds(_ left: Timestamp, _ right: Timestamp) -> Bool {
            switch self {
            case .before: left < right
            case .notAfter: left <= right
            case .after: left > right
            case .notBefore: left >= right
            }
        }
    }
}
