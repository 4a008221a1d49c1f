/// The mail that reports, out of what a gateway has wrapped around it, and what it consists of.
struct MailReport {
    let mail: MailPart
    /// What it says in fields, be it in a part of whatever type.
    let status: DeliveryStatusNotification?
    /// What the server says in prose, the copy of our mail left out.
    let words: ServerWords

    init(_ received: MailPart) {
        mail = Self.isReport(received) ? received : Self.wrapped(received) ?? received
        let part = Self.statusPart(mail)
        status = part.flatMap { DeliveryStatusNotification($0.content) }
        let texts = mail.leaves.filter { $0.type == "text/plain" }
        // In a report the words have a part of their own; where all is in one they stand in that.
        let own = texts.first { $0.content != part?.content } ?? texts.first
        words = ServerWords(
            own?.content ?? mail.first("text/html").map { Self.withoutTags($0.content) } ?? [])
    }

    /// The first mail within that is a report, or that a server wrote; never a copy of ours.
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

    /// HTML as words: without its tags, whose ends are those of words.
    private static func withoutTags(_ html: [UInt8]) -> [UInt8] {
        var isTag = false
        return html.map { byte in
            if byte == UInt8(ascii: "<") { isTag = true }
            defer { if byte == UInt8(ascii: ">") { isTag = false } }
            return isTag && byte != 0x0A ? 0x20 : byte == UInt8(ascii: ">") ? 0x20 : byte
        }
    }
}

/// A complaint of a recipient's that its provider passes on (RFC 5965), or that Microsoft does in
/// its own way, with nothing but the whole mail within (JMRP).
struct FeedbackReport {
    /// `abuse`, `fraud`, `virus`, `other`, `not-spam` or one that is newer; `jmrp`.
    let kind: String
    /// Who complains, where that is not kept secret.
    let recipient: String?
    /// The return path of the mail complained of, which holds our own id.
    let sender: String?

    /// nil where the mail is no complaint, nor what a provider says of one.
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
            // Who leaves out the kind has not taken anything back.
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

    /// Whether a person wants no such mail.
    ///
    /// `auth-failure` (RFC 6591) is about our own domain's signatures, and `not-spam` takes a
    /// complaint back.
    var isComplaint: Bool {
        ["abuse", "fraud", "virus", "other", "opt-out", "jmrp"].contains(kind)
    }

    private static func address(_ value: String) -> String? {
        AddressScan.candidates(in: value, max: 1).first
    }
}

/// A mail that a robot wrote for a person; it says nothing of a failure.
enum RobotAnswer {
    /// Which kind it is, as it is listed; nil where it is none.
    ///
    /// What it says decides and not who it is from: a person's robot may be called postmaster, and
    /// servers mark their bounces as answers of a robot.
    static func kind(of mail: MailPart, words: String) -> String? {
        if mail.first("message/disposition-notification") != nil { return "a receipt of reading" }
        let headers = mail.headers
        guard headers["x-failed-recipients"] == nil else { return nil }
        let subject = ReportSigns.found(in: headers.subject)
        let said = ReportSigns.found(in: words)
        let failure: ReportSigns = [.report, .failure, .givenUp, .delay]
        guard subject.isDisjoint(with: failure) else { return nil }
        if subject.contains(.absence) { return "an auto-reply" }
        guard said.isDisjoint(with: failure), !isTelling(words) || isFromPerson(headers) else {
            return nil
        }
        if subject.contains(.challenge) || said.contains(.challenge) { return "a challenge" }
        if isMarked(headers) || said.contains(.absence) && headers.hasNullReturnPath {
            return "an auto-reply"
        }
        return nil
    }

    /// The header says that a robot answers (RFC 3834 § 5).
    private static func isMarked(_ headers: MailHeaders) -> Bool {
        let submitted = MailLines.lowercased((headers["auto-submitted"] ?? "").utf8.prefix(40))
        let precedence = MailLines.lowercased((headers["precedence"] ?? "").utf8.prefix(40))
        return submitted.starts(with: "auto-replied".utf8)
            || headers["x-autoreply"] != nil || headers["x-autorespond"] != nil
            || precedence == Array("auto_reply".utf8)
    }

    private static func isFromPerson(_ headers: MailHeaders) -> Bool { !headers.isFromServer }

    /// The words tell a cause as servers do.
    private static func isTelling(_ words: String) -> Bool {
        Classifier().classify(BounceEvidence(text: words)).reason != .undetermined
    }
}
