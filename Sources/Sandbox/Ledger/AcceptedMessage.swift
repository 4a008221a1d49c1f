/// A message to one recipient that the sandbox has answered for: one line of the ledger.
struct AcceptedMessage: Hashable, Sendable {
    var acceptedAt: Timestamp
    /// From when its events can be seen; they happened at `acceptedAt` all the same.
    var visibleAt: Timestamp
    /// `X-Message-Id`, a dot, and which message of that request it is.
    var messageID: String
    var from: String
    var to: String
    var subject: String
    /// Name and value, in the order of the request.
    var customArguments: [JSONValue.Member]
    /// The `Message-ID` header that the client asked for.
    var headerMessageID: String?
    var behaviour: Behaviour
    var outcome: Outcome
    /// Of the whole request body as it came, so that two tries can be compared byte by byte.
    var body: BodyDigest
    var attachments: [AttachmentSize]

    /// Our client's own id of the dispatch, where it sent one as `custom_args.dispatch_id`.
    var dispatchID: String? {
        customArguments.last { $0.name == "dispatch_id" }?.value.text
    }

    /// What the provider answers the send request with: the part before the first dot.
    var requestID: Substring {
        messageID.prefix { $0 != "." }
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
