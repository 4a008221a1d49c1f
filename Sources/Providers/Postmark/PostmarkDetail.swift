import Bounces
import FoundationEssentials
import Invoicing
import Wire

/// What happened to one message: `GET /messages/outbound/{id}/details`.
///
/// Only the deliveries are taken from it. Bounces and delays stand in `GET /bounces`, with a type
/// and an id that this has not.
struct PostmarkDetail {
    private struct Row: Decodable {
        let type: String
        let recipient: String
        let receivedAt: Date
        let words: String

        private enum CodingKeys: String, CodingKey {
            case type = "Type"
            case recipient = "Recipient"
            case receivedAt = "ReceivedAt"
            case details = "Details"
        }

        private enum DetailKeys: String, CodingKey {
            case words = "DeliveryMessage"
            case summary = "Summary"
        }

        init(from decoder: any Decoder) throws {
            let row = try decoder.container(keyedBy: CodingKeys.self)
            type = try row.decode(String.self, forKey: .type)
            guard let receivedAt = row.text(.receivedAt).flatMap(PostmarkTime.date) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: [], debugDescription: "an event without time"))
            }
            self.receivedAt = receivedAt
            recipient = cleaned(row.text(.recipient) ?? "")
            // An event without details has no words.
            let details = try? row.nestedContainer(keyedBy: DetailKeys.self, forKey: .details)
            words = details?.text(.words) ?? details?.text(.summary) ?? ""
        }
    }

    private let message: PostmarkMessageRow
    private let page: RowPage<Row>

    /// Reads an answer; nil where it is not this object.
    init?(_ text: ArraySlice<UInt8>) {
        guard text.count <= JSONCleaning.objectBytesMax,
            let events = JSONOutline.member("MessageEvents", of: text),
            let page = RowPage<Row>(events),
            JSONOutline.isDecodable(text),
            let message = try? JSONDecoder().decode(PostmarkMessageRow.self, from: Data(text))
        else { return nil }
        self.message = message
        self.page = page
    }

    var deliveries: [ProviderEvent] {
        page.rows.filter { $0.row.type == "Delivered" }.map { row, raw in
            let recipient = row.recipient.isEmpty ? message.recipients.first : row.recipient
            let second = Int64(row.receivedAt.timeIntervalSince1970)
            return ProviderEvent(
                source: PostmarkProvider.messages,
                key: "delivered|\(message.messageID)|\(second)", occurredAt: row.receivedAt,
                kind: .delivered, recipient: recipient ?? "", tenantID: message.tenantID,
                dispatchID: message.dispatchID, attempt: message.attempt,
                providerMessageID: message.messageID,
                text: cleaned(row.words, charactersMax: BounceMail.textMax),
                providerType: "Delivered", raw: raw)
        }
    }
}
