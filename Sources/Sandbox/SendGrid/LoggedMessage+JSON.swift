import Crypto

extension LoggedMessage {
    /// `EmailLogsMessage`: a row of `POST /v3/logs`.
    var row: JSONValue {
        var members: [JSONValue.Member] = [
            .init(name: "from_email", value: .text(message.from)),
            .init(name: "sg_message_id", value: .text(message.messageID)),
            .init(name: "subject", value: .text(message.subject)),
            .init(name: "to_email", value: .text(message.to)),
        ]
        if let reason { members.append(.init(name: "reason", value: .text(reason))) }
        return .object(
            members + [
                .init(name: "status", value: .text(status.rawValue)),
                .init(name: "sg_message_id_created_at", value: .text(createdAt.iso8601)),
            ])
    }

    /// `EmailLogsGetMessageByIdResponse`; `isRepeating` tells every event twice, as vendors do at
    /// times.
    func detail(isRepeating: Bool) -> JSONValue {
        let told = events.suffix(Self.eventsMax).map(json)
        return [
            "from_email": .text(message.from), "sg_message_id": .text(message.messageID),
            "subject": .text(message.subject), "to_email": .text(message.to),
            "status": .text(status.rawValue), "api_key_id": "sandbox", "client_ip": "127.0.0.1",
            "custom_args": customArguments,
            "events": .list(isRepeating ? told.flatMap { [$0, $0] } : told),
        ]
    }

    /// How many events are told, the most recent ones.
    private static let eventsMax = 100

    /// The API gives every value back as a string.
    private var customArguments: JSONValue {
        .object(
            message.customArguments.map { member in
                guard member.value.text == nil else { return member }
                return .init(
                    name: member.name,
                    value: .text(String(decoding: member.value.bytes, as: UTF8.self)))
            })
    }

    private func json(of event: LoggedEvent) -> JSONValue {
        let happening = event.happening
        let members: [JSONValue.Member] = [
            .init(name: "event", value: .text(happening.event.word)),
            .init(name: "email", value: .text(message.to)),
            .init(name: "sg_message_id", value: .text(message.messageID)),
            .init(name: "sg_event_id", value: .text(id(of: event))),
            .init(name: "timestamp", value: .integer(event.at.seconds)),
            .init(name: "custom_args", value: customArguments),
        ]
        return .object(members + details(of: happening))
    }

    /// What the schema of each kind of event has beside the common members.
    private func details(of happening: MailEvent) -> [JSONValue.Member] {
        let smtpID = JSONValue.Member(
            name: "smtp-id",
            value: .text(message.headerMessageID ?? "<\(message.requestID)@sandbox.invalid>"))
        let reason = JSONValue.text(happening.reason)
        let ip = JSONValue.Member(name: "ip", value: .text(SuppressionRow.sendingIP))
        switch happening.event {
        case .processed: return [smtpID]
        case .delivered: return [smtpID, .init(name: "response", value: reason), ip]
        case .deferred:
            return [
                smtpID, .init(name: "response", value: reason),
                .init(name: "attempt", value: "0"),
            ]
        case .dropped: return [smtpID, .init(name: "reason", value: reason)]
        case .spamReport: return []
        case .bounce, .block:
            var members = [smtpID, .init(name: "reason", value: reason)]
            if let status = happening.status {
                members.append(.init(name: "status", value: .text(status)))
            }
            if let classification = happening.classification {
                members.append(.init(name: "bounce_classification", value: .text(classification)))
            }
            let type: JSONValue = happening.event == .block ? "blocked" : "bounce"
            return members + [.init(name: "type", value: type)]
        }
    }

    /// The same event has the same id however often it is told, and after a restart.
    private func id(of event: LoggedEvent) -> String {
        let digest = SHA256.hash(data: Array("\(message.messageID) \(event.number)".utf8))
        return Base64URL.encode(digest.prefix(16))
    }
}

/// The summary of what has happened to a message (`EmailLogsMessageStatus`).
enum MessageStatus: String, Sendable, CaseIterable {
    case processed, delivered, deferred, dropped, bounced, blocked
}
