import Bounces
import FoundationEssentials
import Invoicing
import Wire

/// A row of `GET /bounces`: something that kept a message from its recipient, or nearly did.
///
/// Source: https://postmarkapp.com/developer/api/bounce-api
struct PostmarkBounceRow: Decodable {
    let id: String
    let type: String
    let messageID: String
    let email: String
    let description: String
    let details: String
    let bouncedAt: Date
    let isInactive: Bool
    let stream: String

    private enum CodingKeys: String, CodingKey {
        case id = "ID"
        case type = "Type"
        case messageID = "MessageID"
        case email = "Email"
        case description = "Description"
        case details = "Details"
        case bouncedAt = "BouncedAt"
        case isInactive = "Inactive"
        case stream = "MessageStream"
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        guard let id = row.word(.id), !id.isEmpty, id == cleaned(id),
            let type = row.text(.type), !type.isEmpty,
            let email = row.text(.email).map({ cleaned($0) }), !email.isEmpty,
            let bouncedAt = row.text(.bouncedAt).flatMap(PostmarkTime.date)
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "a bounce without id, type or time"))
        }
        self.id = id
        self.type = cleaned(type)
        self.email = email
        self.bouncedAt = bouncedAt
        messageID = cleaned(row.text(.messageID) ?? "")
        description = row.text(.description) ?? ""
        details = row.text(.details) ?? ""
        // Older bounces omit it; an address not reported as inactive is active.
        isInactive = (try? row.decode(Bool.self, forKey: .isInactive)) ?? false
        stream = row.text(.stream) ?? ""
    }

    /// The outcome that a type stands for; nil for one that reports none.
    ///
    /// An undocumented type is a bounce, to be classified by its text.
    private var kind: EventKind? {
        switch type {
        case "Transient": .deferred
        case "SpamComplaint": .complained
        case "ManuallyDeactivated": .dropped
        case "Subscribe", "Unsubscribe", "AutoResponder", "AddressChange", "OpenRelayTest",
            "ChallengeVerification", "Unconfirmed", "InboundError":
            nil
        default: .bounced
        }
    }

    /// A description of the row's type.
    var words: String { "a bounce of the type \(cleaned(type, charactersMax: 50))" }

    func event(raw: String, ownStream: String) -> ProviderEvent? {
        guard let kind else { return nil }
        // A row that names no stream belongs to the default one.
        let list = stream.isEmpty ? ownStream : cleaned(stream)
        return ProviderEvent(
            source: PostmarkProvider.bounces, key: "bounce|\(id)", occurredAt: bouncedAt,
            kind: kind, recipient: email,
            providerMessageID: messageID.isEmpty ? nil : messageID,
            text: cleaned(
                details.isEmpty ? description : details, charactersMax: BounceMail.textMax),
            providerType: type, suppressionList: isInactive ? list : nil, raw: raw)
    }
}

/// The events of one message: `GET /messages/outbound/{id}/details`.
///
/// Only deliveries are read from it. Bounces and delays come from `GET /bounces`, with a type and
/// an id that this answer lacks.
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
            // An event without details has no text.
            let details = try? row.nestedContainer(keyedBy: DetailKeys.self, forKey: .details)
            words = details?.text(.words) ?? details?.text(.summary) ?? ""
        }
    }

    private let message: PostmarkMessageRow
    private let page: RowPage<Row>

    /// Parses an answer; nil where it is not this object.
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
