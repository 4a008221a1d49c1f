import Crypto

/// A happening as the events tell it.
struct MailgunEvent {
    let entry: JournalEntry
    let message: AcceptedMessage

    var name: String {
        switch entry.happening.event {
        case .processed: "accepted"
        case .delivered: "delivered"
        case .deferred, .dropped, .bounce, .block: "failed"
        case .spamReport: "complained"
        }
    }

    var json: JSONValue {
        .object(
            [
                .init(name: "event", value: .text(name)), .init(name: "id", value: .text(id)),
                .init(
                    name: "timestamp", value: .number(Double(entry.at.milliseconds) / 1000)),
                .init(name: "log-level", value: name == "failed" ? "error" : "info"),
                .init(name: "recipient", value: .text(message.to)),
                .init(
                    name: "recipient-domain",
                    value: .text(String(message.to.drop { $0 != "@" }.dropFirst()))),
                .init(name: "tags", value: []), .init(name: "campaigns", value: []),
                .init(name: "user-variables", value: .object(message.customArguments)),
                .init(
                    name: "flags",
                    value: [
                        "is-authenticated": true, "is-routed": false, "is-test-mode": false,
                        "is-system-test": false,
                    ]),
                .init(name: "message", value: messageJSON),
            ] + failure)
    }

    private var messageJSON: JSONValue {
        [
            "headers": [
                "to": .text(message.to), "from": .text(message.from),
                "subject": .text(message.subject),
                // Without the angle brackets that the answer to the send has.
                "message-id": .text(message.messageID),
            ],
            "attachments": .list(
                message.attachments.map {
                    [
                        "filename": .text($0.fileName), "content-type": "application/pdf",
                        "size": .integer(Int64($0.encodedByteCount)),
                    ]
                }),
            "size": .integer(Int64(message.body.byteCount)),
        ]
    }

    /// What a failure has beside, and a delivery its answer.
    private var failure: [JSONValue.Member] {
        let happening = entry.happening
        switch happening.event {
        case .processed, .spamReport: return []
        case .delivered: return [Self.status(250, "OK", enhancedCode: nil)]
        case .deferred:
            return Self.failure("temporary", "generic")
                + [Self.status(450, happening.reason, enhancedCode: "4.2.1")]
        case .dropped: return suppressed
        case .bounce:
            return Self.failure("permanent", "bounce")
                + [
                    Self.status(
                        550, happening.reason, enhancedCode: happening.status,
                        more: [.init(name: "bounce-type", value: "hard")])
                ]
        case .block where happening.status?.hasPrefix("4") == true:
            // "Too old": what the server said last stands beside it.
            return Self.failure("permanent", "old")
                + [
                    Self.status(
                        602, "Too old", enhancedCode: nil,
                        more: [
                            .init(name: "last-code", value: .integer(reply ?? 450)),
                            .init(name: "last-message", value: .text(happening.reason)),
                        ])
                ]
        case .block:
            let reason = happening.classification == "Reputation" ? "espblock" : "generic"
            return Self.failure("permanent", reason)
                + [Self.status(reply ?? 550, happening.reason, enhancedCode: happening.status)]
        }
    }

    private var suppressed: [JSONValue.Member] {
        let isComplaint = message.outcome == .droppedAsSpam
        let words =
            isComplaint
            ? "Not delivering to a user who marked your messages as spam"
            : "Not delivering to previously bounced address"
        return Self.failure("permanent", isComplaint ? "suppress-complaint" : "suppress-bounce")
            + [
                Self.status(
                    isComplaint ? 607 : 605, "", enhancedCode: nil,
                    more: [.init(name: "description", value: .text(words))])
            ]
    }

    /// The code that the server's words begin with.
    private var reply: Int64? {
        Int64(entry.happening.reason.prefix { $0.isNumber })
    }

    private static func failure(_ severity: String, _ reason: String) -> [JSONValue.Member] {
        [
            .init(name: "severity", value: .text(severity)),
            .init(name: "reason", value: .text(reason)),
        ]
    }

    private static func status(
        _ code: Int64, _ words: String, enhancedCode: String?, more: [JSONValue.Member] = []
    ) -> JSONValue.Member {
        var members: [JSONValue.Member] = [
            .init(name: "attempt-no", value: 1), .init(name: "code", value: .integer(code)),
            .init(name: "message", value: .text(words)),
            .init(name: "session-seconds", value: .number(0.5)),
        ]
        if let enhancedCode {
            members.append(.init(name: "enhanced-code", value: .text(enhancedCode)))
        }
        return .init(name: "delivery-status", value: .object(members + more))
    }

    /// The same event has the same id however often it is told.
    private var id: String {
        let digest = SHA256.hash(data: Array("\(message.messageID) \(entry.number)".utf8))
        return Base64URL.encode(digest.prefix(16))
    }
}
