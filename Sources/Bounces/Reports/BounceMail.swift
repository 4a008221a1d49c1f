import Crypto
package import FoundationEssentials
package import Wire

/// A mail of the bounce mailbox, and what it tells of our dispatches.
package struct BounceMail {
    private let arrivedAt: Date
    private let bytes: [UInt8]
    private let returnPath: ReturnPath
    private let ownAddress: EmailAddress

    /// The source of its events.
    package static let source = "mailbox"
    /// The list that complaints put an address on.
    package static let complaints = "complaints"
    /// The most that is kept of a server's words.
    package static let textMax = 4_096

    package init(
        arrivedAt: Date, bytes: [UInt8], returnPath: ReturnPath, ownAddress: EmailAddress
    ) {
        self.arrivedAt = arrivedAt
        self.bytes = bytes
        self.returnPath = returnPath
        self.ownAddress = ownAddress
    }

    /// What a mail came to.
    package enum Reading: Hashable {
        case events([ProviderEvent])
        /// An absence, a complaint taken back, another's mail: nothing that became of a dispatch.
        case nothing
        /// It was meant for one of our dispatches, and nobody can tell what it says.
        case unreadable(String)
    }

    /// The header that carries our own id.
    package static let markHeader = "X-Budstikke-Dispatch"

    package func read() -> Reading {
        let mail: MailPart
        do throws(MailReader.Refusal) {
            mail = try MailReader.read(bytes)
        } catch {
            return .unreadable(error.remark)
        }
        let copy = OwnCopy(mail, returnPath: returnPath)
        if let part = mail.first("message/feedback-report") { return feedback(part, copy) }
        let status =
            mail.first("message/delivery-status") ?? mail.first("message/global-delivery-status")
        if let status {
            guard let report = DeliveryStatusNotification(status.content) else {
                return prose(mail, copy) ?? .unreadable("a delivery report without a recipient")
            }
            return statuses(report, copy, words: mail.first("text/plain")?.text ?? "")
        }
        return prose(mail, copy)
            ?? (copy.isToMark ? .unreadable("a mail to a dispatch that is no report") : .nothing)
    }

    private func statuses(
        _ report: DeliveryStatusNotification, _ copy: OwnCopy, words: String
    ) -> Reading {
        let mark = copy.mark ?? report.envelopeID.flatMap { DispatchMark($0) }
        let events = report.recipients.enumerated().compactMap {
            index, recipient -> ProviderEvent? in
            guard let kind = Self.kind(recipient.action) else { return nil }
            let text = recipient.diagnostic.isEmpty ? words : recipient.diagnostic
            return event(
                kind, type: "dsn/\(recipient.action)", recipient: recipient.address, index: index,
                mark: mark, copy: copy, text: text,
                replyCode: Self.replyCode(recipient.diagnostic),
                enhancedCode: recipient.status.isEmpty ? nil : recipient.status,
                via: recipient.remoteServer.isEmpty
                    ? report.reportingServer : recipient.remoteServer)
        }
        return events.isEmpty ? .nothing : .events(events)
    }

    /// What an action says (RFC 3464 § 2.3.3); a mail that became several has arrived nowhere yet.
    private static func kind(_ action: String) -> EventKind? {
        switch action {
        case "failed": .bounced
        case "delayed": .deferred
        // Handed on to a server that gives no receipts: what every provider calls delivered.
        case "delivered", "relayed": .delivered
        case "expanded": .processed
        default: nil
        }
    }

    private static func replyCode(_ diagnostic: String) -> Int? {
        let word = diagnostic.split { !$0.isNumber }.first.map(String.init) ?? ""
        return diagnostic.hasPrefix(word) && word.count == 3 ? SMTPStatus(word).replyCode : nil
    }

    private func feedback(_ part: MailPart, _ copy: OwnCopy) -> Reading {
        guard let report = FeedbackReport(part.content) else {
            return .unreadable("a feedback report that does not say of which kind it is")
        }
        guard report.isComplaint else { return .nothing }
        let mark = copy.mark ?? report.sender.flatMap { returnPath.mark(in: $0) }
        // Many who pass complaints on keep the complainer's address to themselves, or put another
        // in its place (RFC 6590): whom we sent to, the dispatch says then.
        let recipient = copy.recipient ?? report.recipient ?? ""
        return .events([
            event(
                .complained, type: "complaint/\(report.kind)", recipient: recipient, index: 0,
                mark: mark, copy: copy, text: "complaint: \(report.kind)",
                suppressionList: Self.complaints
            )
        ])
    }

    /// nil where it is no mail of this kind.
    private func prose(_ mail: MailPart, _ copy: OwnCopy) -> Reading? {
        if ProseBounce.isAutoReply(mail) { return .nothing }
        guard
            let bounce = ProseBounce(mail, ownAddress: ownAddress, isMarked: copy.isToMark)
        else { return nil }
        let named = bounce.recipients.map(\.text)
        let recipients = named.isEmpty ? [copy.recipient ?? ""] : named
        guard recipients != [""] || copy.mark != nil || copy.messageID != nil else { return nil }
        return .events(
            recipients.enumerated().map { index, recipient in
                event(
                    bounce.isDelay ? .deferred : .bounced,
                    type: bounce.isDelay ? "prose/delayed" : "prose/failed", recipient: recipient,
                    index: index, mark: copy.mark, copy: copy, text: bounce.text)
            })
    }

    private func event(
        _ kind: EventKind, type: String, recipient: String, index: Int, mark: DispatchMark?,
        copy: OwnCopy, text: String, replyCode: Int? = nil, enhancedCode: String? = nil,
        via: String = "", suppressionList: String? = nil
    ) -> ProviderEvent {
        let text = cleaned(text, charactersMax: Self.textMax)
        return ProviderEvent(
            source: Self.source, key: "mail|\(hash)|\(index)",
            occurredAt: arrivedAt, kind: kind, recipient: cleaned(recipient, charactersMax: 320),
            tenantID: mark?.tenantID, dispatchID: mark?.dispatchID,
            providerMessageID: copy.messageID, replyCode: replyCode, enhancedCode: enhancedCode,
            text: text, providerType: cleaned(type, charactersMax: 100),
            suppressionList: suppressionList,
            raw: Raw(type: type, server: cleaned(via), words: text).json)
    }

    /// What an event was read from, in fields.
    private struct Raw: Encodable {
        let type: String
        let server: String
        let words: String

        var json: String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            // Three texts can be written as JSON whatever they hold.
            return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        }
    }

    /// The same mail has the same key also when the mailbox was moved and its UIDs are others.
    private var hash: String {
        SHA256.hash(data: bytes).prefix(16)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
