/// A complaint of a recipient's that its provider passes on (RFC 5965).
struct FeedbackReport {
    /// `abuse`, `fraud`, `virus`, `other`, `not-spam` or one that is newer.
    let kind: String
    /// Who complains, where that is not kept secret.
    let recipient: String?
    /// The return path of the mail complained of, which holds our own id.
    let sender: String?

    /// Reads the fields of a `message/feedback-report`; nil where it does not say of which kind.
    init?(_ content: [UInt8]) {
        let fields = MailHeaders(content[...])
        guard let kind = fields["feedback-type"]?.lowercased(), !kind.isEmpty else { return nil }
        self.kind = kind
        recipient = fields["original-rcpt-to"].flatMap { Self.address($0) }
        sender = fields["original-mail-from"].flatMap { Self.address($0) }
    }

    /// Whether a person wants no such mail.
    ///
    /// `auth-failure` (RFC 6591) is about our own domain's signatures, and `not-spam` takes a
    /// complaint back.
    var isComplaint: Bool { ["abuse", "fraud", "virus", "other", "opt-out"].contains(kind) }

    private static func address(_ value: String) -> String? {
        value.split { " <>".contains($0) }.first { $0.contains("@") }.map(String.init)
    }
}
