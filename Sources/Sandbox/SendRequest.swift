/// A message that a provider would take, to one recipient or more.
struct SendRequest: Hashable, Sendable {
    var from: String
    var recipients: [Recipient]
    var attachments: [AttachmentSize]
    /// Postmark's message stream.
    var stream: String?
    /// Everything is checked and nothing sent (SendGrid's `mail_settings.sandbox_mode`).
    var isRehearsal = false

    /// One address, with what the request says for it.
    struct Recipient: Hashable, Sendable {
        var address: String
        var subject: String
        /// The client's own ids: SendGrid's custom arguments, Postmark's Metadata, Mailgun's
        /// variables.
        var customArguments: [JSONValue.Member]
        var headerMessageID: String?
    }
}
