import Bounces
import FoundationEssentials
import Invoicing
import Wire

/// A row of the events: one thing that happened to one message for one recipient.
///
/// Source: https://documentation.mailgun.com/docs/mailgun/user-manual/events/events
struct MailgunEventRow: Decodable {
    let id: String
    let event: String
    /// Seconds since 1970 with a fraction, although the API description mentions nanoseconds.
    let timestamp: Double
    let recipient: String
    let severity: String
    let reason: String
    let messageID: String
    let variables: [String: String]
    let status: Status

    /// The answer of the receiving server, or of Mailgun in its place.
    struct Status: Decodable {
        var code: Int?
        var enhancedCode: String?
        var bounceType = ""
        var words = ""
        /// Whether Mailgun says when it will try again.
        var isRetried = false

        private enum CodingKeys: String, CodingKey {
            case code, message, description
            case enhancedCode = "enhanced-code"
            case bounceType = "bounce-type"
            case lastMessage = "last-message"
            case lastCode = "last-code"
            case retrySeconds = "retry-seconds"
        }

        init() {}

        init(from decoder: any Decoder) throws {
            let status = try decoder.container(keyedBy: CodingKeys.self)
            // 6xx are Mailgun's own codes; the server's last answer says more.
            code =
                [status.text(.code), status.text(.lastCode)].lazy
                .compactMap { $0.flatMap { SMTPStatus($0).replyCode } }.first
            enhancedCode = status.text(.enhancedCode).flatMap { SMTPStatus($0).enhancedCode }
            bounceType = status.text(.bounceType) ?? ""
            isRetried = ((try? status.decode(Double.self, forKey: .retrySeconds)) ?? 0) > 0
            words = [
                status.text(.message), status.text(.lastMessage), status.text(.description),
            ].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "; ")
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id, event, timestamp, recipient, severity, reason, message, reject
        case status = "delivery-status"
        case variables = "user-variables"
    }

    private enum MessageKeys: CodingKey {
        case headers
    }

    private enum HeaderKeys: String, CodingKey {
        case to
        case messageID = "message-id"
    }

    private enum RejectKeys: CodingKey {
        case reason
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        guard let id = row.word(.id), let event = row.word(.event), !id.isEmpty,
            id == cleaned(id), let timestamp = row.epochTime(.timestamp)
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "an event without id or time"))
        }
        self.id = id
        self.event = event
        self.timestamp = timestamp
        severity = row.word(.severity) ?? ""
        // A row need not have every member.
        let headers = try? row.nestedContainer(keyedBy: MessageKeys.self, forKey: .message)
            .nestedContainer(keyedBy: HeaderKeys.self, forKey: .headers)
        messageID = MailgunMessageID.plain(headers?.text(.messageID) ?? "")
        // A rejected message names its recipient only in the header.
        recipient = cleaned(row.text(.recipient) ?? headers?.text(.to) ?? "")
        let reject = try? row.nestedContainer(keyedBy: RejectKeys.self, forKey: .reject)
        reason = row.word(.reason) ?? ""
        var status = (try? row.decode(Status.self, forKey: .status)) ?? Status()
        if status.words.isEmpty { status.words = reject?.text(.reason) ?? "" }
        self.status = status
        variables = Self.variables(row)
    }

    /// An object, or, in newer answers, a text that contains one.
    private static func variables(_ row: KeyedDecodingContainer<CodingKeys>) -> [String: String] {
        let variables = row.texts(.variables)
        guard variables.isEmpty, let text = row.text(.variables) else { return variables }
        struct Variables: Decodable {
            let texts: [String: String]
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: AnyKey.self)
                texts = container.allKeys.reduce(into: [:]) {
                    $0[$1.stringValue] = container.text($1)
                }
            }
        }
        return (try? JSONDecoder().decode(Variables.self, from: Data(text.utf8)))?.texts ?? [:]
    }

    var dispatchID: UUID? {
        variables[MailgunMessage.dispatchID].flatMap(UUID.init(uuidString:))
    }
    var tenantID: Int64? { variables[MailgunMessage.tenantID].flatMap { Int64($0) } }
    var attempt: Int? {
        variables[MailgunMessage.attempt].flatMap { ProviderEvent.attempt($0) }
    }
}

extension MailgunEventRow {
    private var isSuppressed: Bool { reason.utf8.starts(with: "suppress-".utf8) }

    /// `permanent`; a row of unknown severity counts as permanent if it is too old, or a refusal
    /// without a time for the next attempt.
    private var isGivenUp: Bool {
        switch severity {
        case "permanent": true
        case "temporary", "internal": false
        default: !status.isRetried && (reason == "old" || (status.code ?? 500) >= 500)
        }
    }

    /// The outcome for the message; nil where the event reports none.
    ///
    /// Mailgun retries a failure for eight hours unless it is marked permanent, so a temporary one
    /// is no outcome.
    private var kind: EventKind? {
        switch event {
        case "accepted": .processed
        case "delivered": .delivered
        case "complained": .complained
        case "rejected": .dropped
        case "failed" where isSuppressed: .dropped
        case "failed": isGivenUp ? .bounced : .deferred
        default: nil
        }
    }

    /// `permanent/bounce/hard`, `permanent/suppress-complaint`, or the event alone.
    private var providerType: String {
        let parts = event == "failed" ? [severity, reason, status.bounceType] : [event]
        return cleaned(parts.filter { !$0.isEmpty }.joined(separator: "/"))
    }

    /// "Only permanent mailbox errors are listed": those are the events of kind `bounce`.
    private var list: MailgunList? {
        switch (event, reason) {
        case ("complained", _), (_, "suppress-complaint"): .complaints
        case (_, "suppress-bounce"): .bounces
        case (_, "suppress-unsubscribe"): .unsubscribes
        case ("failed", "bounce") where isGivenUp: .bounces
        default: nil
        }
    }

    /// A description of the event's kind.
    var words: String { "an event of the kind \(cleaned(event, charactersMax: 50))" }

    func event(raw: String) -> ProviderEvent? {
        guard let kind else { return nil }
        // An id is "unique within a day".
        let day = Int64(timestamp) / 86_400
        return ProviderEvent(
            source: MailgunProvider.events, key: "\(id)|\(day)",
            occurredAt: Date(timeIntervalSince1970: timestamp), kind: kind,
            recipient: recipient, tenantID: tenantID, dispatchID: dispatchID, attempt: attempt,
            providerMessageID: messageID.isEmpty ? nil : messageID, replyCode: status.code,
            enhancedCode: status.enhancedCode,
            text: cleaned(status.words, charactersMax: BounceMail.textMax),
            providerType: providerType, suppressionList: list?.rawValue, raw: raw)
    }
}
