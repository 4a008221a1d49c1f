/// A document about to be dispatched, with all that the prechecks look at.
///
/// What was not looked up or could not be made is nil or empty and is no fault by itself, but for
/// the form, the plan and the recipient, which every dispatch has.
package struct DispatchCandidate: Hashable, Sendable {
    package var documentType: DocumentType
    /// The form that the set-up gives the document; nil for none.
    package var formName: String?
    /// Nil for none.
    package var sendPlan: SendPlan?
    package var usableChannels: Set<Channel>
    /// The address as it was written; nil for none.
    package var recipient: String?
    /// Why the address is not to be sent to, as `blocked`; nil where it may be.
    package var suppression: String?
    /// Nil until the message has been made.
    package var size: MessageSize?
    /// The names of the attachments that can't be read.
    package var unreadableAttachments: [String]
    /// Why the document could not be made or is not sound; nil where it is.
    package var documentFailure: Fault?
    /// Why the document would not be taken as EHF, where it would go as such.
    package var ehfViolations: [Trilingual]
    /// For what the law asks of its parties; nil where an invoice could not be made.
    package var invoice: Invoice?

    package init(
        documentType: DocumentType, formName: String?, sendPlan: SendPlan?,
        usableChannels: Set<Channel> = Channel.usable, recipient: String?,
        suppression: String? = nil, size: MessageSize? = nil,
        unreadableAttachments: [String] = [], documentFailure: Fault? = nil,
        ehfViolations: [Trilingual] = [], invoice: Invoice? = nil
    ) {
        self.documentType = documentType
        self.formName = formName
        self.sendPlan = sendPlan
        self.usableChannels = usableChannels
        self.recipient = recipient
        self.suppression = suppression
        self.size = size
        self.unreadableAttachments = unreadableAttachments
        self.documentFailure = documentFailure
        self.ehfViolations = ehfViolations
        self.invoice = invoice
    }
}

/// The size of an encoded message beside the most that its provider takes, both in bytes.
package struct MessageSize: Hashable, Sendable {
    package var encodedBytes: Int
    package var bytesMax: Int

    package init(encodedBytes: Int, bytesMax: Int) {
        self.encodedBytes = encodedBytes
        self.bytesMax = bytesMax
    }
}
