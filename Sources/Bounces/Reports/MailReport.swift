/// The mail that contains the report, unwrapped from a gateway's, and its parts.
struct MailReport {
    let mail: MailPart
    /// The report's fields, in a part of whatever type; nil for none.
    let status: DeliveryStatusNotification?
    /// The server's words, without the copy of our mail.
    let words: ServerWords

    init(_ received: MailPart) {
        mail = Self.isReport(received) ? received : Self.wrapped(received) ?? received
        let part = Self.statusPart(mail)
        status = part.flatMap { DeliveryStatusNotification($0.content) }
        let texts = mail.leaves.filter { $0.type == "text/plain" }
        // In a report the words are in a part of their own; where everything is in one part, they
        // are in that.
        let own = texts.first { $0.content != part?.content } ?? texts.first
        words = ServerWords(
            own?.content ?? mail.first("text/html").map { Self.withoutTags($0.content) } ?? [])
    }

    /// The first mail within that is a report, or written by a server; never a copy of ours.
    private static func wrapped(_ mail: MailPart) -> MailPart? {
        mail.mails.first { inner in
            !inner.headers.isOurs
                && (isReport(inner)
                    || inner.headers.isFromServer && inner.headers.hasNullReturnPath)
        }
    }

    private static func isReport(_ mail: MailPart) -> Bool {
        statusPart(mail) != nil || mail.first("message/feedback-report") != nil
            || mail.first("message/disposition-notification") != nil
    }

    private static func statusPart(_ mail: MailPart) -> MailPart? {
        let leaves = mail.leaves
        return leaves.first { isStatus($0.type) }
            ?? leaves.first {
                $0.type != "text/rfc822-headers" && $0.type != "text/html"
                    && DeliveryStatusNotification.isReport($0.content)
            }
    }

    private static func isStatus(_ type: String) -> Bool {
        ["message/delivery-status", "message/global-delivery-status"].contains(type)
    }

    /// HTML as words: without its tags, which separate words.
    private static func withoutTags(_ html: [UInt8]) -> [UInt8] {
        var isTag = false
        return html.map { byte in
            if byte == UInt8(ascii: "<") { isTag = true }
            defer { if byte == UInt8(ascii: ">") { isTag = false } }
            return isTag && byte != 0x0A ? 0x20 : byte == UInt8(ascii: ">") ? 0x20 : byte
        }
    }
}

/// A recipient's complaint that its provider forwards (RFC 5965), or that Microsoft forwards in its
/// own format, with nothing but the complete mail within (JMRP).
struct FeedbackReport {
    /// `abuse`, `fraud`, `virus`, `other`, `not-spam` or a newer one; `jmrp`.
    let kind: String
    /// The complainant; nil where it is kept secret.
    let recipient: String?
    /// The return path of the mail in question, which contains our own id.
    let sender: String?

    /// Nil where the mail is neither a complaint nor a provider's report about one.
    init?(_ mail: MailPart) {
        if let part = mail.first("message/feedback-report") {
            self.init(fields: MailHeaders(part.content[...]), returned: mail.returnedHeaders)
        } else {
            self.init(classic: mail)
        }
    }

    private init?(fields: MailHeaders, returned: MailHeaders?) {
        recipient = fields["original-rcpt-to"].flatMap { Self.address($0) }
        sender = fields["original-mail-from"].flatMap { Self.address($0) }
        let written = fields["feedback-type"].map { MailLines.lowercased($0.utf8.prefix(80)) } ?? []
        if written.isEmpty {
            // A report without a type does not withdraw anything.
            guard recipient != nil || sender != nil || returned?.isOurs == true else { return nil }
            kind = "other"
        } else {
            kind = MailLines.text(written)
        }
    }

    private init?(classic mail: MailPart) {
        guard let inner = mail.mails.first?.headers else { return nil }
        let complainer = inner["x-hmxmroriginalrecipient"]
        guard
            complainer != nil
                || ReportSigns.found(in: mail.headers.subject).contains(.complaint)
        else { return nil }
        kind = "jmrp"
        recipient = complainer.flatMap { Self.address($0) }
        sender = inner["return-path"].flatMap { Self.address($0) }
    }

    /// Whether a person does not want such mail.
    ///
    /// `auth-failure` (RFC 6591) is about our own domain's signatures, and `not-spam` withdraws a
    /// complaint.
    var isComplaint: Bool {
        ["abuse", "fraud", "virus", "other", "opt-out", "jmrp"].contains(kind)
    }

    private static func address(_ value: String) -> String? {
        AddressScan.candidates(in: value, max: 1).first
    }
}

/// A mail that a robot wrote to a person; it does not report a failure.
enum RobotAnswer {
    /// The kind of answer for the list; nil where it is not one.
    ///
    /// The content decides, not the sender: a person's robot may be called postmaster, and servers
    /// mark their bounces as automatic replies.
    static func kind(of mail: MailPart, words: String) -> String? {
        if mail.first("message/disposition-notification") != nil { return "a receipt of reading" }
        let headers = mail.headers
        guard headers["x-failed-recipients"] == nil else { return nil }
        let subject = ReportSigns.found(in: headers.subject)
        let bodySigns = ReportSigns.found(in: words)
        let failure: ReportSigns = [.report, .failure, .givenUp, .delay]
        guard subject.isDisjoint(with: failure) else { return nil }
        if subject.contains(.absence) { return "an auto-reply" }
        guard bodySigns.isDisjoint(with: failure), !statesCause(words) || isFromPerson(headers)
        else {
            return nil
        }
        if subject.contains(.challenge) || bodySigns.contains(.challenge) { return "a challenge" }
        if isMarked(headers) || bodySigns.contains(.absence) && headers.hasNullReturnPath {
            return "an auto-reply"
        }
        return nil
    }

    /// Whether the header marks an automatic reply (RFC 3834 § 5).
    private static func isMarked(_ headers: MailHeaders) -> Bool {
        let submitted = MailLines.lowercased((headers["auto-submitted"] ?? "").utf8.prefix(40))
        let precedence = MailLines.lowercased((headers["precedence"] ?? "").utf8.prefix(40))
        return submitted.starts(with: "auto-replied".utf8)
            || headers["x-autoreply"] != nil || headers["x-autorespond"] != nil
            || precedence == Array("auto_reply".utf8)
    }

    private static func isFromPerson(_ headers: MailHeaders) -> Bool { !headers.isFromServer }

    /// Whether the words state a cause as servers do.
    private static func statesCause(_ words: String) -> Bool {
        Classifier().classify(BounceEvidence(text: words)).reason != .undetermined
    }
}
