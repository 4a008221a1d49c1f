import HTTPTypes
import Hummingbird
import NIOCore

/// `POST /v3/{domain}/messages`.
struct MailgunSendRoutes {
    let stage: RouteContext

    /// "25 MB".
    private static let bodyBytesMax = 25 * 1024 * 1024

    func add(to group: RouterGroup<SandboxContext>) {
        group.post("messages", use: send)
    }

    private func send(_ request: Request, _ context: SandboxContext) async throws -> Response {
        var request = request
        let domain = try MailgunVendor.domain(context)
        let tooLarge = MailgunError(.contentTooLarge, "Request Entity Too Large")
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= Self.bodyBytesMax else { throw tooLarge }
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: Self.bodyBytesMax)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
        let send = try SendRequest(
            mailgun: Array(body.readableBytesView),
            contentType: request.headers[.contentType] ?? "")
        return try await stage.send(send, request, context) { lateMilliseconds in
            try accept(send, domain, body: body, lateMilliseconds: lateMilliseconds)
        }
    }

    private func accept(
        _ send: SendRequest, _ domain: String, body: ByteBuffer, lateMilliseconds: Int
    ) throws -> Answer {
        // Whether a Message-Id of the client's is taken over is not documented: here it is not.
        let day = stage.account.now.iso8601.filter(\.isNumber)
        let id = "\(day).\(Base64URL.randomID().filter { $0.isLetter || $0.isNumber })@\(domain)"
        try stage.account.accept(
            send, body: BodyDigest(of: body), lateMilliseconds: lateMilliseconds
        ) { _, _ in id }
        return Answer(json: ["id": .text("<\(id)>"), "message": "Queued. Thank you."])
    }
}

extension SendRequest {
    /// The options of a message, all together.
    private static let optionBytesMax = 16 * 1024

    /// Reads a message as Mailgun takes it, or says what is wrong first.
    init(mailgun body: [UInt8], contentType: String) throws(MailgunError) {
        func wrong(_ message: String) -> MailgunError { MailgunError(.badRequest, message) }
        guard let form = MultipartForm(body, contentType: contentType) else {
            throw wrong("The sandbox takes multipart/form-data.")
        }
        guard let from = form.value("from") else { throw wrong("from parameter is missing") }
        guard let sender = MailboxSyntax.addresses(from)?.first else {
            throw wrong("from parameter is not a valid address. please check documentation")
        }
        let to = form.fields.filter { $0.name == "to" }.map(\.value).joined(separator: ",")
        guard let recipients = MailboxSyntax.addresses(to) else {
            throw wrong("to parameter is not a valid address. please check documentation")
        }
        guard recipients.count == 1, form.value("cc") == nil, form.value("bcc") == nil else {
            throw wrong("The sandbox takes one recipient a message.")
        }
        guard ["text", "html"].contains(where: { form.value($0)?.isEmpty == false }) else {
            throw wrong(
                "Need at least one of 'text', 'html', 'amp-html' or 'template' parameters specified"
            )
        }
        let options = form.fields.filter { $0.name.dropFirst().first == ":" }
        let size = options.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard size <= Self.optionBytesMax else {
            throw wrong(
                "Send options (parameters starting with o:, h:, or v:) are limited to 16KB total")
        }
        self.init(
            from: sender,
            recipients: [
                Recipient(
                    address: recipients[0], subject: form.value("subject") ?? "",
                    customArguments: options.filter { $0.name.hasPrefix("v:") }.map {
                        .init(name: String($0.name.dropFirst(2)), value: .text($0.value))
                    }, headerMessageID: form.value("h:Message-Id"))
            ],
            attachments: form.files.compactMap { file in
                file.name.map {
                    AttachmentSize(
                        fileName: $0, encodedByteCount: (file.byteCount + 2) / 3 * 4)
                }
            })
    }
}
