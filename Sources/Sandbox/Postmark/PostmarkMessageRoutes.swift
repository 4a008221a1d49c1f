import Hummingbird

/// `GET /messages/outbound` and `GET /messages/outbound/{id}/details`.
struct PostmarkMessageRoutes {
    let stage: RouteContext

    func add(to group: RouterGroup<SandboxContext>) {
        group.get("messages/outbound", use: page)
        group.get("messages/outbound/:id/details", use: detail)
    }

    private func page(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let page = try PostmarkPage(request)
        let logsBegin = stage.account.logsBegin
        let metadata = page.parameters.filter { $0.key.hasPrefix("metadata_") }
        guard metadata.count <= 1 else {
            throw PostmarkError.invalid("One metadata field at a time can be searched by.")
        }
        let recipient = page.parameters["recipient"]?.lowercased()
        // Where none is named, only those sent.
        let status = page.parameters["status"]?.lowercased() ?? "sent"
        guard ["queued", "sent", "processed"].contains(status) else {
            throw PostmarkError(700, "The 'status' parameter is 'queued' or 'sent'.")
        }
        return try await stage.play(
            .logs, addresses: recipient.map { [$0] } ?? [], request, context
        ) { fault in
            let found = page.entries(of: stage.account) { entry, message in
                // Each message has a first happening, and only one.
                entry.number == 0 && page.isInStream(message) && message.acceptedAt >= logsBegin
                    && Self.status(of: message).lowercased()
                        == (status == "processed" ? "sent" : status)
                    && recipient ?? message.to.lowercased() == message.to.lowercased()
                    && metadata.allSatisfy { name, value in
                        message.customArguments.contains {
                            "metadata_\($0.name)" == name && $0.value.text == value
                        }
                    }
            }
            return page.answer("Messages", found, fault: fault) { .object(Self.row($0.message)) }
        }
    }

    private func detail(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let id = context.parameters.get("id").flatMap(FormText.decode(path:)) ?? ""
        let logged = stage.account.logged(id)
        return try await stage.play(
            .logs, addresses: logged.map { [$0.message.to] } ?? [], request, context
        ) { fault in
            guard let logged else { throw VendorError(answer: stage.vendor.answer(to: .notFound)) }
            let events = logged.events.compactMap { Self.event($0, of: logged.message) }
            return Answer(
                json: .object(
                    Self.row(logged.message) + [
                        .init(name: "TextBody", value: ""),
                        .init(name: "Body", value: ""),
                        .init(name: "MessageEvents", value: .list(events.told(with: fault))),
                    ]))
        }
    }

    /// One of which never a word is heard has not left yet.
    private static func status(of message: AcceptedMessage) -> String {
        message.outcome == .silent ? "Queued" : "Sent"
    }

    private static func row(_ message: AcceptedMessage) -> [JSONValue.Member] {
        [
            .init(name: "Tag", value: ""),
            .init(name: "MessageID", value: .text(message.messageID)),
            .init(name: "MessageStream", value: .text(message.stream ?? PostmarkVendor.stream)),
            .init(name: "To", value: [["Email": .text(message.to), "Name": ""]]),
            .init(name: "Cc", value: []), .init(name: "Bcc", value: []),
            .init(name: "Recipients", value: [.text(message.to)]),
            .init(name: "ReceivedAt", value: .text(PostmarkClock.text(message.acceptedAt))),
            .init(name: "From", value: .text(message.from)),
            .init(name: "Subject", value: .text(message.subject)),
            .init(
                name: "Attachments", value: .list(message.attachments.map { .text($0.fileName) })),
            .init(name: "Status", value: .text(status(of: message))),
            .init(name: "TrackOpens", value: false), .init(name: "TrackLinks", value: "None"),
            .init(name: "Metadata", value: .object(message.customArguments)),
        ]
    }

    /// Deliveries, delays and bounces; a complaint is none of the events of a message.
    private static func event(_ event: LoggedEvent, of message: AcceptedMessage) -> JSONValue? {
        let details: [JSONValue.Member]
        let type: String
        switch event.happening.event {
        case .delivered:
            type = "Delivered"
            details = [
                .init(name: "DeliveryMessage", value: .text("smtp;\(event.happening.reason)")),
                .init(name: "DestinationServer", value: "mx.kunde.example"),
                .init(name: "DestinationIP", value: .text(SuppressionRow.sendingIP)),
            ]
        case .deferred, .bounce, .block:
            type = event.happening.event == .deferred ? "Transient" : "Bounced"
            details = [
                .init(name: "Summary", value: .text("smtp;\(event.happening.reason)"))
            ]
        case .processed, .dropped, .spamReport: return nil
        }
        return [
            "Recipient": .text(message.to), "Type": .text(type),
            "ReceivedAt": .text(PostmarkClock.text(event.at)), "Details": .object(details),
        ]
    }
}
