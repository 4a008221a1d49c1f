/// A fact that the sandbox keeps: what it knows is what its entries, in their order, say.
enum LedgerEntry: Hashable, Sendable {
    case accepted(AcceptedMessage)
    /// An address was deleted from a list.
    case lifted(Lifting)
    /// Something happened to a message long after it was accepted, by a control request.
    case later(LaterEvent)

    struct Lifting: Hashable, Sendable {
        var at: Timestamp
        var list: ListName
        var email: String
    }

    struct LaterEvent: Hashable, Sendable {
        var at: Timestamp
        var visibleAt: Timestamp
        var messageID: String
        var kind: LaterKind
    }

    /// When the fact was written down.
    var at: Timestamp {
        switch self {
        case .accepted(let message): message.acceptedAt
        case .lifted(let lifting): lifting.at
        case .later(let event): event.at
        }
    }
}

extension LedgerEntry {
    /// The entry as an object; `record` says which kind it is.
    var json: JSONValue {
        switch self {
        case .accepted(let message): message.json
        case .lifted(let lifting):
            [
                "record": "lifted", "at": .integer(lifting.at.milliseconds),
                "list": .text(lifting.list.rawValue), "email": .text(lifting.email),
            ]
        case .later(let event):
            [
                "record": "later", "at": .integer(event.at.milliseconds),
                "visible_at": .integer(event.visibleAt.milliseconds),
                "provider_message_id": .text(event.messageID), "kind": .text(event.kind.rawValue),
            ]
        }
    }

    /// Reads what `json` wrote; nil where it is anything else.
    init?(json: JSONValue) {
        guard let at = json["at"]?.integer.map(Timestamp.init(milliseconds:)) else { return nil }
        let visibleAt = json["visible_at"]?.integer.map(Timestamp.init(milliseconds:))
        switch json["record"]?.text {
        case "accepted":
            guard let visibleAt,
                let message = AcceptedMessage(json: json, acceptedAt: at, visibleAt: visibleAt)
            else { return nil }
            self = .accepted(message)
        case "lifted":
            guard let list = json["list"]?.text.flatMap(ListName.init),
                let email = json["email"]?.text
            else { return nil }
            self = .lifted(.init(at: at, list: list, email: email))
        case "later":
            guard let visibleAt, let messageID = json["provider_message_id"]?.text,
                let kind = json["kind"]?.text.flatMap(LaterKind.init)
            else { return nil }
            self = .later(.init(at: at, visibleAt: visibleAt, messageID: messageID, kind: kind))
        default: return nil
        }
    }
}

extension AcceptedMessage {
    fileprivate var json: JSONValue {
        [
            "record": "accepted", "at": .integer(acceptedAt.milliseconds),
            "visible_at": .integer(visibleAt.milliseconds), "provider_message_id": .text(messageID),
            "from": .text(from), "to": .text(to), "subject": .text(subject),
            "custom_args": .object(customArguments),
            "message_id": headerMessageID.map(JSONValue.text) ?? .null,
            "stream": stream.map(JSONValue.text) ?? .null,
            "behaviour": .text(behaviour.rawValue), "outcome": .text(outcome.rawValue),
            "body_bytes": .integer(Int64(body.byteCount)), "body_sha256": .text(body.sha256),
            "attachments": .list(
                attachments.map {
                    [
                        "filename": .text($0.fileName),
                        "encoded_bytes": .integer(Int64($0.encodedByteCount)),
                    ]
                }),
        ]
    }

    fileprivate init?(json: JSONValue, acceptedAt: Timestamp, visibleAt: Timestamp) {
        guard let messageID = json["provider_message_id"]?.text, let from = json["from"]?.text,
            let to = json["to"]?.text, let subject = json["subject"]?.text,
            let customArguments = json["custom_args"]?.members,
            let behaviour = json["behaviour"]?.text.flatMap(Behaviour.init(rawValue:)),
            let outcome = json["outcome"]?.text.flatMap(Outcome.init(rawValue:)),
            let byteCount = json["body_bytes"]?.integer, let sha256 = json["body_sha256"]?.text,
            let attachments = json["attachments"]?.list
        else { return nil }
        self.init(
            acceptedAt: acceptedAt, visibleAt: visibleAt, messageID: messageID, from: from, to: to,
            subject: subject, customArguments: customArguments,
            headerMessageID: json["message_id"]?.text, stream: json["stream"]?.text,
            behaviour: behaviour, outcome: outcome,
            body: BodyDigest(byteCount: Int(byteCount), sha256: sha256),
            attachments: attachments.map {
                AttachmentSize(
                    fileName: $0["filename"]?.text ?? "",
                    encodedByteCount: Int($0["encoded_bytes"]?.integer ?? 0))
            })
    }
}
