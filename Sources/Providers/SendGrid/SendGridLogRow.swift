import Bounces
import FoundationEssentials
import Invoicing
import Wire

/// A row of the logs: one message to one recipient, and how it stands.
///
/// It carries no own id and no time but that of the message's making: what a row says happened,
/// happened later.
/// Source: https://www.twilio.com/docs/sendgrid/api-reference/email-logs
struct SendGridLogRow: Decodable {
    let messageID: String
    let recipient: String
    let subject: String
    let status: String
    let reason: String
    let createdAt: Date
    private let kind: EventKind

    private enum CodingKeys: String, CodingKey {
        case messageID = "sg_message_id"
        case recipient = "to_email"
        case subject, status, reason
        case createdAt = "sg_message_id_created_at"
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        recipient = try cleaned(row.decode(String.self, forKey: .recipient))
        subject = row.text(.subject) ?? ""
        reason = row.text(.reason) ?? ""
        guard let messageID = row.word(.messageID), let status = row.word(.status),
            let kind = Self.kinds[status], !messageID.isEmpty,
            messageID == cleaned(messageID),
            let createdAt = try Self.date(row.decode(String.self, forKey: .createdAt))
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "a row that says nothing we know"))
        }
        self.messageID = messageID
        self.status = status
        self.kind = kind
        self.createdAt = createdAt
    }

    private static let kinds: [String: EventKind] = [
        "processed": .processed, "delivered": .delivered, "deferred": .deferred,
        "dropped": .dropped, "bounced": .bounced, "blocked": .bounced,
    ]

    private static func date(_ text: String) -> Date? {
        // Fractions of a second are given or not; each style takes only its own.
        let date =
            (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        return date.flatMap(VendorTime.held)
    }

    func event(raw: String) -> ProviderEvent {
        ProviderEvent(
            source: SendGridProvider.logs,
            key: "\(messageID)|\(status)" + (reason.isEmpty ? "" : "|\(shortHash(reason))"),
            occurredAt: createdAt, kind: kind, recipient: recipient,
            providerMessageID: SendGridMessageID.received(messageID),
            text: cleaned(reason, charactersMax: BounceMail.textMax), providerType: status, raw: raw
        )
    }
}

/// The ids of SendGrid's: one for the request, and a longer one for each message that it became.
enum SendGridMessageID {
    /// The id of the request, as `X-Message-Id` gave it, from that of a message.
    ///
    /// `Xj5LmNkWSOqRbdvOpR34BA.recvd-85abf8d92c-…` is the form of today; the older one,
    /// `14c5d75ce93.dfd.64b469.filter0001…`, has dots within.
    static func received(_ messageID: String) -> String {
        for mark in [".recvd-", ".filter"] {
            if let range = messageID.firstRange(of: mark) {
                return cleaned(String(messageID[..<range.lowerBound]))
            }
        }
        return messageID
    }
}
