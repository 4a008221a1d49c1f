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
