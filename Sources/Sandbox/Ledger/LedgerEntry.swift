/// A fact that the sandbox keeps: what it knows is what its entries, in their order, say.
enum LedgerEntry: Hashable, Sendable {
    case accepted(AcceptedMessage)
    /// An address was deleted from a list.
    case lifted(Lifting)
    /// Something happened to a message long after it was accepted, by a control request.
    case later(LaterEvent)

    struct Lifting: Hashable, Sendable {
        var at: Timestamp
        var list: ListName
        var email: String
    }

    struct LaterEvent: Hashable, Sendable {
        var at: Timestamp
        var visibleAt: Timestamp
        var messageID: String
        var kind: LaterKind
    }

    /// When the fact was written down.
    var at: Timestamp {
        switch self {
        case .accepted(let message): message.acceptedAt
        case .lifted(let lifting): lifting.at
        case .later(let event): event.at
        }
    }
}
