/// What becomes of one accepted mail; it fixes every event of it.
///
/// Decided when the mail is accepted and written in the ledger with it, so that a restart knows
/// the same events.
enum Outcome: String, Sendable, CaseIterable {
    case delivered
    case userUnknown = "user_unknown"
    case invalidAddress = "invalid_address"
    case mailboxFull = "mailbox_full"
    case overQuota = "over_quota"
    case serverDown = "server_down"
    case messageTooBig = "message_too_big"
    case complained
    case refused
    case deferredThenDelivered = "deferred_then_delivered"
    case silent
    case droppedAsBounced = "dropped_as_bounced"
    case droppedAsInvalid = "dropped_as_invalid"
    case droppedAsSpam = "dropped_as_spam"

    /// What becomes of a mail to an address that stands on that list; nil where the list only tells.
    ///
    /// Blocks "will not suppress future messages" (SendGrid, Blocks API).
    init?(suppressedBy list: ListName) {
        switch list {
        case .bounces: self = .droppedAsBounced
        case .invalidEmails: self = .droppedAsInvalid
        case .spamReports: self = .droppedAsSpam
        case .blocks: return nil
        }
    }

    /// The events, in the order in which they happen.
    func happenings(to address: String) -> [MailEvent] {
        switch self {
        case .delivered: [.processed, .delivered]
        case .userUnknown: [.processed, .userUnknown(address)]
        case .invalidAddress: [.processed, .invalidAddress]
        case .mailboxFull: [.processed, .mailboxFull(address)]
        case .overQuota: [.processed, .overQuota(address)]
        case .serverDown: [.processed, .deferred, .expired]
        case .messageTooBig: [.processed, .messageTooBig]
        case .complained: [.processed, .delivered, .complaint]
        case .refused: [.processed, .refused]
        case .deferredThenDelivered: [.processed, .deferred, .delivered]
        case .silent: [.processed]
        case .droppedAsBounced: [.dropped("Bounced Address")]
        case .droppedAsInvalid: [.dropped("Invalid")]
        case .droppedAsSpam: [.dropped("Spam Reporting Address")]
        }
    }
}
