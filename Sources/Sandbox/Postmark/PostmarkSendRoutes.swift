import HTTPTypes
import Hummingbird
import NIOCore

/// `POST /email`.
struct PostmarkSendRoutes {
    let stage: RouteContext

    /// "10 MB including attachments".
    private static let bodyBytesMax = 10_000_000
    /// Longer strings are attachments and texts, of which only the length is kept.
    private static let textBytesMax = 16 * 1024

    func add(to group: RouterGroup<SandboxContext>) {
        group.post("email", use: send)
    }

    private func send(_ request: Request, _ context: SandboxContext) async throws -> Response {
        var request = request
        let body = try await Self.collect(&request)
        let json = try? body.withUnsafeReadableBytes {
            try JSONReader.read($0, textBytesMax: Self.textBytesMax)
        }
        guard let json, json.members != nil else {
            throw PostmarkError(402, "Received invalid JSON input.")
        }
        let send = try SendRequest(postmark: json)
        return try await stage.send(send, request, context) { lateMilliseconds in
            try accept(send, body: body, lateMilliseconds: lateMilliseconds)
        }
    }

    private static func collect(_ request: inout Request) async throws -> ByteBuffer {
        guard request.headers[.contentType]?.hasPrefix("application/json") == true else {
            throw PostmarkError(
                415, "The Content-Type should be application/json.",
                status: .unsupportedMediaType)
        }
        let tooLarge = PostmarkError(
            300, "The request exceeds the maximum size of 10 MB.", status: .contentTooLarge)
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= bodyBytesMax else { throw tooLarge }
        do {
            return try await request.collectBody(upTo: bodyBytesMax)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
    }

    /// Takes the mail, unless its recipient is inactive: Postmark says so at once.
    private func accept(
        _ send: SendRequest, body: ByteBuffer, lateMilliseconds: Int
    ) throws -> Answer {
        for recipient in send.recipients
        where stage.account.suppression(of: recipient.address) != nil {
            throw PostmarkError.inactive(recipient.address)
        }
        let id = Self.randomID()
        try stage.account.accept(
            send, body: BodyDigest(of: body), lateMilliseconds: lateMilliseconds
        ) { _, _ in id }
        return Answer(json: [
            "To": .text(send.recipients.map(\.address).joined(separator: ", ")),
            "SubmittedAt": .text(stage.account.now.iso8601.dropLast() + ".0951168Z"),
            "MessageID": .text(id), "ErrorCode": 0, "Message": "OK",
        ])
    }

    /// A GUID in small letters (RFC 9562 § 5.4).
    private static func randomID() -> String {
        var generator = SystemRandomNumberGenerator()
        let text = Hexadecimal.encode(
            (0..<2).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } })
        let digits = Array(text)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
            .joined(separator: "-")
    }
}

extension SendRequest {
    /// Reads a message as Postmark takes it, or says what is wrong first.
    init(postmark json: JSONValue) throws(PostmarkError) {
        guard let from = json["From"]?.text.flatMap(MailboxSyntax.addresses)?.first else {
            throw .invalid("Invalid 'From' address: '\(json["From"]?.text ?? "")'.")
        }
        guard let to = json["To"]?.text.flatMap(MailboxSyntax.addresses) else {
            throw .invalid("Invalid 'To' address: '\(json["To"]?.text ?? "")'.")
        }
        guard to.count == 1, json["Cc"]?.isFilledText != true, json["Bcc"]?.isFilledText != true
        else { throw .invalid("The sandbox takes one recipient a message.") }
        guard json["TextBody"]?.isFilledText == true || json["HtmlBody"]?.isFilledText == true
        else { throw .invalid("Provide either email TextBody or HtmlBody or both.") }
        let stream = json["MessageStream"]?.text ?? PostmarkVendor.stream
        guard PostmarkVendor.has(stream: stream) else {
            throw PostmarkError(1235, "The 'MessageStream' provided does not exist on this server.")
        }
        let headers = json["Headers"]?.list ?? []
        self.init(
            from: from,
            recipients: [
                Recipient(
                    address: to[0], subject: json["Subject"]?.text ?? "",
                    customArguments: try Self.metadata(json["Metadata"]),
                    headerMessageID: headers.last {
                        $0["Name"]?.text?.lowercased() == "message-id"
                    }?["Value"]?.text)
            ], attachments: try Self.attachments(json["Attachments"]?.list ?? []),
            stream: stream)
    }

    /// Names of at most 20 letters and values of at most 80.
    private static func metadata(
        _ json: JSONValue?
    ) throws(PostmarkError) -> [JSONValue.Member] {
        let members = json?.members ?? []
        for member in members {
            guard member.name.count <= 20, let text = member.value.text, text.count <= 80 else {
                throw .invalid("Metadata: '\(member.name)' is too long or no text.")
            }
        }
        return members
    }

    private static func attachments(
        _ attachments: [JSONValue]
    ) throws(PostmarkError) -> [AttachmentSize] {
        var sizes: [AttachmentSize] = []
        for attachment in attachments {
            guard let name = attachment["Name"]?.text, !name.isEmpty,
                attachment["Content"]?.isFilledText == true,
                attachment["ContentType"]?.isFilledText == true
            else { throw .invalid("Attachments take Name, Content and ContentType.") }
            sizes.append(
                AttachmentSize(
                    fileName: name, encodedByteCount: attachment["Content"]?.textByteCount ?? 0))
        }
        return sizes
    }
}
