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
