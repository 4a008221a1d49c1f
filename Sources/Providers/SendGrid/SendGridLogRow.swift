import Bounces
import FoundationEssentials
import Invoicing
import Wire

/// A row of the logs: one message to one recipient, with its status.
///
/// It has neither our own ids nor any time but that of the message's creation: what a row reports
/// happened later.
///
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
        // Fractions of a second are optional, and each style accepts only one form.
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

/// SendGrid's ids: one for the request, and a longer one for each resulting message.
enum SendGridMessageID {
    /// The request's id, as returned in `X-Message-Id`, from that of a message.
    ///
    /// `Xj5LmNkWSOqRbdvOpR34BA.recvd-85abf8d92c-…` is the current form; the older one,
    /// `14c5d75ce93.dfd.64b469.filter0001…`, contains dots.
    static func received(_ messageID: String) -> String {
        for mark in [".recvd-", ".filter"] {
            if let range = messageID.firstRange(of: mark) {
                return cleaned(String(messageID[..<range.lowerBound]))
            }
        }
        return messageID
    }
}

/// One event of a message, of any kind that SendGrid reports.
struct SendGridEventRow: Decodable {
    let event: String
    let eventID: String
    let email: String
    let timestamp: Int64
    let status: String
    /// The receiving server's text, or why SendGrid made no attempt.
    let words: String
    let type: String
    let classification: String
    let customArgs: [String: String]

    private enum CodingKeys: String, CodingKey {
        case event, email, timestamp, status, reason, response, type
        case eventID = "sg_event_id"
        case classification = "bounce_classification"
        case customArgs = "custom_args"
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        guard let timestamp = row.epochSeconds(.timestamp), let event = row.word(.event),
            let eventID = row.word(.eventID), !eventID.isEmpty,
            eventID == cleaned(eventID)
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "an event without time or id"))
        }
        self.event = event
        self.eventID = eventID
        self.timestamp = timestamp
        email = cleaned(row.text(.email) ?? "")
        status = row.text(.status) ?? ""
        words = row.text(.reason) ?? row.text(.response) ?? ""
        type = row.text(.type) ?? ""
        classification = row.text(.classification) ?? ""
        customArgs = row.texts(.customArgs)
    }

    /// The outcome for the message; nil where the event reports none.
    var kind: EventKind? {
        switch event {
        case "processed": .processed
        case "deferred": .deferred
        case "delivered": .delivered
        case "bounce": .bounced
        case "dropped", "drop", "cancel_drop": .dropped
        case "spamreport": .complained
        default: nil
        }
    }

    /// `bounce/Invalid Address`, `blocked/Reputation`, or the event alone.
    var providerType: String {
        guard event == "bounce" else { return event }
        let kind = type.isEmpty ? event : cleaned(type)
        return classification.isEmpty ? kind : "\(kind)/\(cleaned(classification))"
    }
}

/// Everything SendGrid knows about one message: `GET /v3/logs/{sg_message_id}`.
struct SendGridDetail {
    /// The message itself; its events are parsed one by one.
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

    /// Parses an answer; nil where it is not this object.
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
    private func customArg(_ name: String) -> String? {
        head.customArgs[name] ?? page.rows.lazy.compactMap { $0.row.customArgs[name] }.first
    }

    var dispatchID: UUID? { customArg("dispatch_id").flatMap(UUID.init(uuidString:)) }
    var tenantID: Int64? { customArg("tenant_id").flatMap { Int64($0) } }
    var attempt: Int? { customArg("attempt").flatMap { ProviderEvent.attempt($0) } }

    /// The events that report the outcome of the message; opens and clicks do not.
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
