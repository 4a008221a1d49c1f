import Glibc
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

/// A form of several parts (RFC 7578): the values of its fields, and how long its files are.
struct MultipartForm {
    struct Field: Hashable {
        var name: String
        var value: String
    }

    struct File: Hashable {
        /// nil where the client gave none: such a file is dropped by the vendor without a word.
        var name: String?
        var byteCount: Int
    }

    private(set) var fields: [Field] = []
    private(set) var files: [File] = []

    /// Reads a body by the boundary of its content type; nil where it is no such form.
    init?(_ body: [UInt8], contentType: String) {
        guard contentType.hasPrefix("multipart/form-data"),
            let mark = contentType.firstRange(of: "boundary=")
        else { return nil }
        let boundary = contentType[mark.upperBound...].prefix { $0 != ";" && $0 != "\"" }
        let line = Array("--\(boundary)".utf8)
        var rest = body[...]
        guard !boundary.isEmpty, rest.starts(with: line) else { return nil }
        while true {
            rest = rest.dropFirst(line.count)
            if rest.starts(with: "--".utf8) { return }
            guard rest.starts(with: "\r\n".utf8),
                let end = Self.find(Array("\r\n".utf8) + line, in: rest),
                add(rest[rest.startIndex + 2..<end])
            else { return nil }
            rest = rest[(end + 2)...]
        }
    }

    func value(_ name: String) -> String? {
        fields.last { $0.name == name }?.value
    }

    private mutating func add(_ part: ArraySlice<UInt8>) -> Bool {
        guard let blank = Self.find(Array("\r\n\r\n".utf8), in: part) else { return false }
        let head = String(decoding: part[..<blank], as: UTF8.self)
        guard let name = Self.parameter("name", of: head) else { return false }
        let content = part[(blank + 4)...]
        if name == "attachment" {
            let fileName = Self.parameter("filename", of: head)
            files.append(File(name: fileName, byteCount: content.count))
        } else {
            guard let value = String(validating: content, as: UTF8.self) else { return false }
            fields.append(Field(name: name, value: value))
        }
        return true
    }

    private static func parameter(_ name: String, of head: String) -> String? {
        guard let start = head.firstRange(of: " \(name)=\"") else { return nil }
        return String(head[start.upperBound...].prefix { $0 != "\"" })
    }

    /// The first place of some bytes: forms are many megabytes.
    private static func find(_ bytes: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        return text.withUnsafeBytes { text -> Int? in
            var place = 0
            while place + bytes.count <= text.count, let base = text.baseAddress,
                let found = memchr(base + place, Int32(first), text.count - place)
            {
                place = UnsafeRawPointer(found) - base
                guard place + bytes.count <= text.count else { return nil }
                if memcmp(base + place, bytes, bytes.count) == 0 { return place }
                place += 1
            }
            return nil
        }.map { text.startIndex + $0 }
    }
}
