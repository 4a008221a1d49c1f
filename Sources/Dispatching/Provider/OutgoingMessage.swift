package import FoundationEssentials
package import Invoicing
package import Wire

/// One e-mail to one recipient, fixed when it was queued: every attempt sends the same bytes.
package struct OutgoingMessage: Hashable, Sendable {
    /// Our own id, which the provider returns in its events.
    package var dispatchID: UUID
    package var tenantID: Int64
    /// The number of the attempt, counted from 1; returned in events like the id.
    package var attempt: Int
    package var from: Mailbox
    /// Nil where replies go to `from`.
    package var replyTo: Mailbox?
    package var to: Mailbox
    package var subject: String
    /// The RFC 5322 Message-ID with its angle brackets.
    package var messageID: String
    /// The plain-text body.
    package var text: String
    /// The HTML body; nil for none.
    package var html: String?
    package var attachments: [Attachment]
    /// When the claim ends: after that no byte of it may be sent; nil for no deadline.
    ///
    /// The clock also runs while the machine is suspended.
    package var deadline: ContinuousClock.Instant?

    package init(
        dispatchID: UUID, tenantID: Int64, attempt: Int = 1, from: Mailbox, replyTo: Mailbox? = nil,
        to: Mailbox,
        subject: String, messageID: String, text: String, html: String? = nil,
        attachments: [Attachment] = [], deadline: ContinuousClock.Instant? = nil
    ) {
        self.dispatchID = dispatchID
        self.tenantID = tenantID
        self.attempt = attempt
        self.from = from
        self.replyTo = replyTo
        self.to = to
        self.subject = subject
        self.messageID = messageID
        self.text = text
        self.html = html
        self.attachments = attachments
        self.deadline = deadline
    }
}

/// An address with its display name.
package struct Mailbox: Hashable, Sendable {
    /// The display name; nil for none.
    package var name: String?
    package var address: EmailAddress

    package init(name: String? = nil, address: EmailAddress) {
        self.name = name
        self.address = address
    }
}

/// A provider's limits for one message, and the size of a message as the provider counts it.
///
/// Needs neither an account nor the files themselves. Sizes are in bytes.
package struct MessageLimits: Sendable {
    /// The provider's name in the configuration and in the database, as `sendgrid`.
    package let provider: String
    /// The largest message that the provider accepts.
    package let bytesMax: Int

    private let envelope: @Sendable (OutgoingMessage) -> Int
    private let encoded: @Sendable (Int) -> Int

    /// `envelope` returns the size of a message with empty files; `encoded` returns the encoded
    /// size of a file from its size.
    package init(
        provider: String, bytesMax: Int,
        envelope: @escaping @Sendable (OutgoingMessage) -> Int,
        encoded: @escaping @Sendable (Int) -> Int
    ) {
        self.provider = provider
        self.bytesMax = bytesMax
        self.envelope = envelope
        self.encoded = encoded
    }

    /// The size of a message with files of these sizes in place of its empty attachments.
    ///
    /// `Int.max` where the sum is too large for any message.
    package func size(of message: OutgoingMessage, fileBytes: [Int]) -> Int {
        fileBytes.reduce(envelope(message)) { size, bytes in
            // No encoding makes a file four times as large.
            guard bytes >= 0, bytes <= .max / 8 else { return .max }
            let (sum, isOver) = size.addingReportingOverflow(encoded(bytes))
            return isOver ? .max : sum
        }
    }
}
