/// One thing that happens to a mail, in the provider's words.
///
/// The texts are made up after what receiving servers say; the drop reasons are SendGrid's own
/// (glossary, Drops).
struct MailEvent: Hashable, Sendable {
    var event: EventName
    /// The receiving server's answer, or why the provider dropped the mail.
    var reason = ""
    /// The enhanced status code (RFC 3463).
    var status: String?
    /// SendGrid's `bounce_classification`.
    var classification: String?
    /// The list that the address is put on.
    var list: ListName?

    static let processed = MailEvent(event: .processed)
    static let delivered = MailEvent(
        event: .delivered, reason: "250 2.0.0 OK: queued by the sandbox")
    static let deferred = MailEvent(
        event: .deferred,
        reason: "450 4.2.1 The user you are trying to contact is receiving mail too quickly")
    static let complaint = MailEvent(event: .spamReport, list: .spamReports)

    static func dropped(_ reason: String) -> MailEvent {
        MailEvent(event: .dropped, reason: reason)
    }

    static func userUnknown(_ address: String) -> MailEvent {
        MailEvent(
            event: .bounce,
            reason: "550 5.1.1 <\(address)>: Recipient address rejected: User unknown",
            status: "5.1.1", classification: "Invalid Address", list: .bounces)
    }

    static let invalidAddress = MailEvent(
        event: .bounce, reason: "Mail domain mentioned in email address is unknown",
        classification: "Invalid Address", list: .invalidEmails)

    static func mailboxFull(_ address: String) -> MailEvent {
        MailEvent(
            event: .block, reason: "452 4.2.2 <\(address)>: The recipient's mailbox is full",
            status: "4.2.2", classification: "Mailbox Unavailable", list: .blocks)
    }

    static func overQuota(_ address: String) -> MailEvent {
        MailEvent(
            event: .block, reason: "552 5.2.2 <\(address)>: Mailbox full, user is over quota",
            status: "5.2.2", classification: "Mailbox Unavailable", list: .blocks)
    }

    static let expired = MailEvent(
        event: .block,
        reason: "expired after 72 hours: error dialing remote address: "
            + "dial tcp 203.0.113.25:25: connect: connection refused",
        status: "4.4.1", classification: "Technical", list: .blocks)

    static let messageTooBig = MailEvent(
        event: .block,
        reason: "552 5.3.4 Message size exceeds the fixed maximum message size of this server",
        status: "5.3.4", classification: "Technical", list: .blocks)

    static let refused = MailEvent(
        event: .block,
        reason: "550 5.7.1 Message refused: the sender's reputation is too low (policy)",
        status: "5.7.1", classification: "Reputation", list: .blocks)
}

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

/// One thing that happened to one message, and when.
struct JournalEntry: Hashable, Sendable {
    /// Its place in the journal.
    var index: Int
    var at: Timestamp
    /// From when it can be seen.
    var visibleAt: Timestamp
    /// The place of its message.
    var place: Int
    /// Its place among the events of its message.
    var number: Int
    var happening: MailEvent
}
