import Bounces
import FoundationEssentials
import Invoicing
import Wire

/// A row of `GET /messages/outbound`: a message, with our ids and without its fate.
/// Source: https://postmarkapp.com/developer/api/messages-api
struct PostmarkMessageRow: Decodable {
    let messageID: String
    let receivedAt: Date
    let status: String
    let recipients: [String]
    let metadata: [String: String]

    private enum CodingKeys: String, CodingKey {
        case messageID = "MessageID"
        case receivedAt = "ReceivedAt"
        case status = "Status"
        case recipients = "Recipients"
        case metadata = "Metadata"
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        guard let messageID = row.word(.messageID),
            let receivedAt = row.text(.receivedAt).flatMap(PostmarkTime.date),
            !messageID.isEmpty, messageID == cleaned(messageID)
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "a message without id or time"))
        }
        self.messageID = messageID
        self.receivedAt = receivedAt
        status = row.text(.status) ?? ""
        // What is left out or null is none.
        recipients = ((try? row.decode([String].self, forKey: .recipients)) ?? [])
            .map { cleaned($0) }
        metadata = row.texts(.metadata)
    }

    var dispatchID: UUID? {
        metadata[PostmarkMessage.dispatchID].flatMap(UUID.init(uuidString:))
    }
    var tenantID: Int64? { metadata[PostmarkMessage.tenantID].flatMap { Int64($0) } }
    var attempt: Int? {
        metadata[PostmarkMessage.attempt].flatMap { ProviderEvent.attempt($0) }
    }

    /// That Postmark has it, which is all that the row says.
    func event(raw: String) -> ProviderEvent? {
        guard let recipient = recipients.first, !recipient.isEmpty else { return nil }
        return ProviderEvent(
            source: PostmarkProvider.messages, key: "message|\(messageID)",
            occurredAt: receivedAt, kind: .processed, recipient: recipient,
            tenantID: tenantID, dispatchID: dispatchID, attempt: attempt,
            providerMessageID: messageID,
            providerType: cleaned(status), raw: raw)
    }
}
