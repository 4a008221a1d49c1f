package import FoundationEssentials
package import Invoicing
package import Wire

/// One e-mail to one recipient, fixed when it was queued: every try sends these very bytes.
package struct OutgoingMessage: Hashable, Sendable {
    /// Our own id, carried by the provider and given back in its events.
    package var dispatchID: UUID
    package var tenantID: Int64
    /// Which attempt at it this is, counted from 1; carried as the id is.
    package var attempt: Int
    package var from: Mailbox
    package var replyTo: Mailbox?
    package var to: Mailbox
    package var subject: String
    /// RFC 5322 Message-ID with its angle brackets.
    package var messageID: String
    package var text: String
    package var html: String?
    package var attachments: [Attachment]
    /// When the claim ends: after it not a byte of it may go to the wire; nil where nothing ends.
    ///
    /// The clock goes on while the machine is suspended.
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

/// An address with the name shown before it.
package struct Mailbox: Hashable, Sendable {
    package var name: String?
    package var address: EmailAddress

    package init(name: String? = nil, address: EmailAddress) {
        self.name = name
        self.address = address
    }
}

/// What a provider takes of one message, and what a message comes to on its way there.
///
/// A value and arithmetic: no account is opened, and no file is at hand. Sizes are in bytes, as the
/// provider counts them.
package struct MessageLimits: Sendable {
    /// The provider's name in configuration and in the database, as `sendgrid`.
    package let provider: String
    /// The largest message that the provider takes.
    package let bytesMax: Int

    private let envelope: @Sendable (OutgoingMessage) -> Int
    private let encoded: @Sendable (Int) -> Int

    /// `envelope` sizes a message whose files are empty; `encoded` says what the bytes of a file
    /// come to.
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

    /// What a message comes to with files of these sizes in the place of its empty attachments.
    ///
    /// A sum too large for any message is the largest number there is.
    package func size(of message: OutgoingMessage, fileBytes: [Int]) -> Int {
        fileBytes.reduce(envelope(message)) { size, bytes in
            // No encoding takes four times the room.
            guard bytes >= 0, bytes <= .max / 8 else { return .max }
            let (sum, isOver) = size.addingReportingOverflow(encoded(bytes))
            return isOver ? .max : sum
        }
    }
}
