import Bounces
import FoundationEssentials
import Invoicing
import Wire

/// All that SendGrid knows of one message: `GET /v3/logs/{sg_message_id}`.
struct SendGridDetail {
    /// The head of it; its events are read one by one.
    private struct Head: Decodable {
        let messageID: String
        let recipient: String
        let customArgs: [String: String]

        enum CodingKeys: String, CodingKey {
            case messageID = "sg_message_id"
            case recipient = "to_email"
            case customArgs = "custom_args"
        }

        init(from decoder: any Decoder) throws {
            let head = try decoder.container(keyedBy: CodingKeys.self)
            messageID = cleaned(head.text(.messageID) ?? "")
            recipient = cleaned(head.text(.recipient) ?? "")
            customArgs = head.texts(.customArgs)
        }
    }

    private let head: Head
    private let page: RowPage<SendGridEventRow>

    /// Reads an answer; nil where it is not this object.
    init?(_ body: [UInt8]) {
        guard body.count <= JSONCleaning.objectBytesMax else { return nil }
        let text = JSONCleaning.cleaned(body)[...]
        guard let events = JSONOutline.member("events", of: text),
            let page = RowPage<SendGridEventRow>(events),
            JSONOutline.isDecodable(text),
            let head = try? JSONDecoder().decode(Head.self, from: Data(text))
        else { return nil }
        self.head = head
        self.page = page
    }

    /// Our own ids, from the message or, failing that, from any of its events.
    private func own(_ name: String) -> String? {
        head.customArgs[name] ?? page.rows.lazy.compactMap { $0.row.customArgs[name] }.first
    }

    var dispatchID: UUID? { own("dispatch_id").flatMap(UUID.init(uuidString:)) }
    var tenantID: Int64? { own("tenant_id").flatMap { Int64($0) } }
    var attempt: Int? { own("attempt").flatMap { ProviderEvent.attempt($0) } }

    /// The events that say what became of the message; opening and clicking do not.
    var events: [ProviderEvent] {
        page.rows.compactMap { row, raw in
            guard let kind = row.kind else { return nil }
            let status = SMTPStatus(row.status)
            let recipient = row.email.isEmpty ? head.recipient : row.email
            return ProviderEvent(
                source: SendGridProvider.logs, key: "\(row.eventID)|\(row.event)",
                occurredAt: Date(timeIntervalSince1970: Double(row.timestamp)), kind: kind,
                recipient: recipient, tenantID: tenantID, dispatchID: dispatchID, attempt: attempt,
                providerMessageID: SendGridMessageID.received(head.messageID),
                replyCode: status.replyCode, enhancedCode: status.enhancedCode,
                text: cleaned(row.words, charactersMax: BounceMail.textMax),
                providerType: row.providerType, raw: raw)
        }
    }
}
