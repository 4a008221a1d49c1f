/// What a recipient's mailbox does with mail: told by the first letters of its local part.
///
/// | local part | what becomes of a mail to it |
/// |---|---|
/// | `ok`, any other | delivered |
/// | `unknown` | hard bounce: 550 5.1.1 user unknown; the address is suppressed from then on |
/// | `invalid` | hard bounce: the domain is unknown (invalid_emails); suppressed from then on |
/// | `full` | soft bounce: 452 4.2.2 mailbox full (blocks) |
/// | `down` | soft bounce: deferred, then expired since no server answers (blocks) |
/// | `toolarge` | soft bounce: 552 5.3.4 message too big (blocks) |
/// | `spam` | delivered, then a complaint (spam_reports); suppressed from then on |
/// | `blocked` | refused: 550 5.7.1 for reasons of reputation (blocks) |
/// | `deferred` | deferred, then delivered |
/// | `softonce` | the first mail bounces with 552 5.2.2 mailbox full, later ones are delivered |
/// | `silent` | processed, and then never a word |
///
/// The word ends at the first `+`, `-` or digit, so `full+42@eksempel.no` and `full-42` and
/// `full42` are full mailboxes too; capitals make no difference. Whatever its behaviour, a mail to
/// an address on one of the lists bounces, invalid_emails or spam_reports is dropped, until the
/// address is deleted from the list.
package enum Behaviour: String, Sendable, CaseIterable {
    case ok, unknown, invalid, full, down, toolarge, spam, blocked, deferred, softonce, silent

    /// The behaviour that an address asks for.
    init(address: String) {
        let localPart = address.prefix { $0 != "@" }
        let word = localPart.prefix { $0 != "+" && $0 != "-" && !$0.isNumber }
        self = Behaviour(rawValue: word.lowercased()) ?? .ok
    }

    /// What becomes of the next mail, given how many went to the address before it.
    func outcome(afterEarlierMails earlierMails: Int) -> Outcome {
        switch self {
        case .ok: .delivered
        case .unknown: .userUnknown
        case .invalid: .invalidAddress
        case .full: .mailboxFull
        case .down: .serverDown
        case .toolarge: .messageTooBig
        case .spam: .complained
        case .blocked: .refused
        case .deferred: .deferredThenDelivered
        case .softonce: earlierMails == 0 ? .overQuota : .delivered
        case .silent: .silent
        }
    }

    /// One line for `--help`.
    package var summary: String {
        switch self {
        case .ok: "delivered; so is every other word"
        case .unknown: "hard bounce, 550 5.1.1 user unknown; suppressed from then on"
        case .invalid: "hard bounce, domain unknown (invalid_emails); suppressed from then on"
        case .full: "soft bounce, 452 4.2.2 mailbox full (blocks)"
        case .down: "soft bounce, deferred and then expired (blocks)"
        case .toolarge: "soft bounce, 552 5.3.4 message too big (blocks)"
        case .spam: "delivered, then a complaint (spam_reports); suppressed from then on"
        case .blocked: "refused, 550 5.7.1 for reputation (blocks)"
        case .deferred: "deferred, then delivered"
        case .softonce: "the first mail bounces with 552 5.2.2, later ones are delivered"
        case .silent: "processed, and then never a word"
        }
    }
}

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
