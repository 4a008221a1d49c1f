/// What can be made to happen to a mail after it was delivered, through the control routes.
enum LaterKind: String, Sendable, CaseIterable {
    case hard, soft, blocked, complaint

    func happening(to address: String) -> MailEvent {
        switch self {
        case .hard: .userUnknown(address)
        case .soft: .mailboxFull(address)
        case .blocked: .refused
        case .complaint: .complaint
        }
    }
}
