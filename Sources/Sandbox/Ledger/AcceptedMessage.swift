/// A message to one recipient that the sandbox has answered for: one line of the ledger.
struct AcceptedMessage: Hashable, Sendable {
    var acceptedAt: Timestamp
    /// From when its events can be seen; they happened at `acceptedAt` all the same.
    var visibleAt: Timestamp
    /// The provider's own id of the message, in the form of its vendor.
    var messageID: String
    var from: String
    var to: String
    var subject: String
    /// Name and value, in the order of the request.
    var customArguments: [JSONValue.Member]
    /// The `Message-ID` header that the client asked for.
    var headerMessageID: String?
    /// Postmark's message stream, where it came in by that.
    var stream: String?
    var behaviour: Behaviour
    var outcome: Outcome
    /// Of the whole request body as it came, so that two tries can be compared byte by byte.
    var body: BodyDigest
    var attachments: [AttachmentSize]

    /// Our client's own id of the dispatch, where it sent one; Postmark's names have dashes.
    var dispatchID: String? {
        customArguments.last { ["dispatch_id", "dispatch-id"].contains($0.name) }?.value.text
    }
}

/// The length of a request body and its SHA-256 in hexadecimal.
struct BodyDigest: Hashable, Sendable {
    var byteCount: Int
    var sha256: String
}

/// An attachment as the request named it, with the length of its Base64.
struct AttachmentSize: Hashable, Sendable {
    var fileName: String
    var encodedByteCount: Int
}
