/// The kinds of event in the Email Logs API.
enum EventName: Hashable, Sendable {
    case processed, deferred, delivered, dropped
    /// `bounce` of type `bounce`: the address is at fault.
    case bounce
    /// `bounce` of type `blocked`: the message is at fault, or time ran out.
    case block
    case spamReport

    /// The word in `event`.
    var word: String {
        switch self {
        case .processed: "processed"
        case .deferred: "deferred"
        case .delivered: "delivered"
        case .dropped: "dropped"
        case .bounce, .block: "bounce"
        case .spamReport: "spamreport"
        }
    }

    /// The status of a message of which this is the latest event; nil leaves it as it was.
    var messageStatus: MessageStatus? {
        switch self {
        case .processed: .processed
        case .deferred: .deferred
        case .delivered: .delivered
        case .dropped: .dropped
        case .bounce: .bounced
        case .block: .blocked
        case .spamReport: nil
        }
    }
}
