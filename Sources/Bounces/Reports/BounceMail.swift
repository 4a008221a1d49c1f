import Crypto
package import FoundationEssentials
package import Wire

/// A mail of the bounce mailbox, and what it reports about our dispatches.
package struct BounceMail {
    private let arrivedAt: Date
    private let bytes: [UInt8]
    private let returnPath: ReturnPath
    private let ownAddress: EmailAddress

    /// The source name of its events.
    package static let source = "mailbox"
    /// The limit for a server's words, in characters.
    package static let textMax = 4_096

    /// `ownAddress` is that of the bounce mailbox; prose may name its domain without meaning a
    /// recipient.
    package init(
        arrivedAt: Date, bytes: [UInt8], returnPath: ReturnPath, ownAddress: EmailAddress
    ) {
        self.arrivedAt = arrivedAt
        self.bytes = bytes
        self.returnPath = returnPath
        self.ownAddress = ownAddress
    }

    /// The name of the header with our own id.
    package static let markHeader = "X-Budstikke-Dispatch"

    /// Parses the mail; one that can't be parsed is `Reading.unread`.
    package func read() -> Reading {
        let mail: MailPart
        do throws(MailReader.Refusal) {
            mail = try MailReader.read(bytes)
        } catch {
            return .unread(error.remark)
        }
        let report = MailReport(mail)
        let copy = ReturnedOriginal(
            mail, report: report.mail, words: report.words, returnPath: returnPath)
        if let feedback = FeedbackReport(report.mail) { return reading(of: feedback, copy) }
        if let status = report.status { return reading(of: status, copy, report) }
        if let kind = RobotAnswer.kind(of: report.mail, words: report.words.text) {
            return .ignored(kind)
        }
        let bounce = PlainTextBounce(
            report.mail, words: report.words, ownAddress: ownAddress, isMarked: copy.isToMark,
            sentTo: copy.recipient)
        if let bounce { return reading(of: bounce, copy) }
        if copy.isToMark { return .unread("a mail to a dispatch that is no report") }
        if copy.mark != nil { return .unread("a mail about a dispatch that is no report") }
        let isWritten = report.mail.headers.isFromServer || mail.headers.hasNullReturnPath
        return isWritten
            ? .unread("a server's mail that is no report")
            : .ignored("a letter, and no report")
    }

    private func reading(
        of status: DeliveryStatusNotification, _ copy: ReturnedOriginal, _ report: MailReport
    ) -> Reading {
        guard !status.isTooLong else {
            return .unread("a report of more than \(status.recipients.count) recipients")
        }
        let mark = copy.mark ?? status.envelopeID.flatMap { returnPath.mark($0) }
        let words = cleaned(report.words.text, charactersMax: Self.textMax)
        let events = status.recipients.enumerated().compactMap {
            index, recipient -> ProviderEvent? in
            let reported = ReportedStatus(recipient, words: words)
            guard let kind = reported.kind else { return nil }
            return event(
                kind, type: "dsn/\(recipient.action.isEmpty ? "none" : recipient.action)",
                recipient: recipient.address.isEmpty ? copy.recipient ?? "" : recipient.address,
                index: index, mark: mark, copy: copy, text: reported.text,
                replyCode: reported.replyCode, enhancedCode: recipient.status.enhancedCode,
                via: recipient.remoteServer.isEmpty
                    ? status.reportingServer : recipient.remoteServer)
        }
        return events.isEmpty
            ? .unread("a delivery report that does not say what became of it") : .events(events)
    }

    private func reading(of report: FeedbackReport, _ copy: ReturnedOriginal) -> Reading {
        guard report.isComplaint else {
            return .ignored("a report that is no complaint: \(cleaned(report.kind))")
        }
        let mark = copy.mark ?? report.sender.flatMap { returnPath.mark(in: $0) }
        // Many who forward complaints hide the complainant's address, or replace it (RFC 6590): the
        // recipient is then the dispatch's.
        let recipient = copy.recipient ?? report.recipient ?? ""
        return .events([
            event(
                .complained, type: "complaint/\(report.kind)", recipient: recipient, index: 0,
                mark: mark, copy: copy, text: "complaint: \(report.kind)",
                suppressionList: ProviderEvent.ownComplaints
            )
        ])
    }

    private func reading(of bounce: PlainTextBounce, _ copy: ReturnedOriginal) -> Reading {
        guard !bounce.isTooLong else { return .unread("a bounce of too many recipients") }
        return .events(
            bounce.recipients.enumerated().map { index, recipient in
                event(
                    bounce.kind,
                    type: bounce.kind == .deferred ? "prose/delayed" : "prose/failed",
                    recipient: recipient.address.isEmpty
                        ? copy.recipient ?? "" : recipient.address,
                    index: index, mark: copy.mark, copy: copy, text: recipient.text)
            })
    }

    private func event(
        _ kind: EventKind, type: String, recipient: String, index: Int, mark: VERPToken?,
        copy: ReturnedOriginal, text: String, replyCode: Int? = nil, enhancedCode: String? = nil,
        via: String = "", suppressionList: String? = nil
    ) -> ProviderEvent {
        let text = cleaned(text, charactersMax: Self.textMax)
        return ProviderEvent(
            source: Self.source, key: "mail|\(hash)|\(index)",
            occurredAt: arrivedAt, kind: kind, recipient: cleaned(recipient, charactersMax: 320),
            tenantID: mark?.tenantID, dispatchID: mark?.dispatchID, attempt: mark?.attempt,
            providerMessageID: copy.messageID, replyCode: replyCode, enhancedCode: enhancedCode,
            text: text, providerType: cleaned(type, charactersMax: 100),
            suppressionList: suppressionList,
            raw: Raw(type: type, server: cleaned(via), words: text).json,
            origin: VERPToken.origin(mark))
    }

    /// The fields from which an event was read.
    private struct Raw: Encodable {
        let type: String
        let server: String
        let words: String

        var json: String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            // Three texts can be encoded as JSON whatever they contain.
            return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        }
    }

    /// A mail keeps its key when the mailbox is moved and its UIDs change.
    private var hash: String {
        SHA256.hash(data: bytes).prefix(16)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

/// The result of parsing a report, a mail or a provider's row: always one of these.
package enum Reading: Hashable, Sendable {
    /// The events that it reports.
    case events([ProviderEvent])
    /// Known, but about nothing that became of a dispatch; the text says what it is.
    case ignored(String)
    /// Not understood; the text says why.
    case unread(String)
}
