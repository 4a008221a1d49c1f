/// A `POST /v3/mail/send` that the provider would take.
struct SendRequest: Hashable, Sendable {
    var from: String
    var recipients: [Recipient]
    var attachments: [AttachmentSize]
    /// `mail_settings.sandbox_mode`: everything is checked and nothing sent.
    var isRehearsal: Bool

    /// One address in a personalization, with what the personalization says for it.
    struct Recipient: Hashable, Sendable {
        var address: String
        var subject: String
        var customArguments: [JSONValue.Member]
        var headerMessageID: String?
    }

    /// The limits of the API (Mail Send, Limitations).
    enum Limit {
        static let bodyBytes = 30 * 1024 * 1024
        static let personalizations = 1000
        static let recipients = 1000
        static let customArgumentBytes = 10_000
    }
}
