import HTTPTypes
import Hummingbird
import NIOCore

/// `POST /v3/mail/send`.
struct SendRoutes {
    let stage: RouteContext

    /// Longer strings are attachments and texts, of which only the length is kept.
    private static let textBytesMax = 16 * 1024

    func add(to group: RouterGroup<SandboxContext>) {
        group.post("mail/send", use: send)
    }

    private func send(_ request: Request, _ context: SandboxContext) async throws -> Response {
        var request = request
        let body = try await Self.collect(&request)
        let send = try Self.read(body)
        return try await stage.send(send, request, context) { lateMilliseconds in
            try accept(send, body: body, lateMilliseconds: lateMilliseconds)
        }
    }

    private static func collect(_ request: inout Request) async throws -> ByteBuffer {
        guard request.headers[.contentType]?.hasPrefix("application/json") == true else {
            throw SendGridError(
                .unsupportedMediaType, "Content-Type should be application/json.")
        }
        let announced = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= SendRequest.Limit.bodyBytes else { throw SendGridError.contentTooLarge }
        do {
            return try await request.collectBody(upTo: SendRequest.Limit.bodyBytes)
        } catch is NIOTooManyBytesError {
            throw SendGridError.contentTooLarge
        }
    }

    private static func read(_ body: ByteBuffer) throws -> SendRequest {
        let json: JSONValue
        do {
            json = try body.withUnsafeReadableBytes {
                try JSONReader.read($0, textBytesMax: textBytesMax)
            }
        } catch is JSONError {
            throw SendGridError(.badRequest, "Bad Request")
        }
        return try SendRequest(json)
    }

    private func accept(
        _ send: SendRequest, body: ByteBuffer, lateMilliseconds: Int
    ) throws(SendGridError) -> Answer {
        guard !send.isRehearsal else { return Answer(status: .ok) }
        let requestID = Base64URL.randomID()
        do {
            try stage.account.accept(
                send, body: BodyDigest(of: body), lateMilliseconds: lateMilliseconds
            ) { now, number in
                let node = String(now.seconds, radix: 16, uppercase: true)
                return "\(requestID).recvd-sandbox-\(node)-1.\(number)"
            }
        } catch {
            throw .internalError
        }
        var answer = Answer(status: .accepted)
        answer.headers[.messageID] = requestID
        return answer
    }
}

extension AcceptedMessage {
    /// What SendGrid answers the send request with: the part before the first dot.
    var requestID: Substring {
        messageID.prefix { $0 != "." }
    }
}

/// Everything that is wrong with a send request, in the order in which it was found.
struct SendFaults {
    private(set) var errors: [SendGridError.Item] = []

    mutating func add(_ fault: Kind, field: String) {
        errors.append(.init(message: fault.rawValue, field: field))
    }

    enum Kind: String {
        case from = """
            The from object must be provided for every email send. It is an object that requires \
            the email parameter, but may also contain a name parameter.
            """
        case personalizations = """
            The personalizations field is required and must have at least one personalization, \
            and no more than 1000.
            """
        case to = """
            The to array is required for all personalization objects, and must have at least one \
            email object with a valid email address.
            """
        case address = "Does not contain a valid address."
        case duplicateAddress = """
            Each email address in the personalization block should be unique between to, cc, and bcc.
            """
        case tooManyRecipients = "The total number of recipients must be less than 1000."
        case subject = """
            The subject is required. You can get around this requirement if you use a template with \
            a subject defined or if every personalization has a subject defined.
            """
        case content = """
            Unless a valid template_id is provided, the content parameter is required. There must be \
            at least one defined content block.
            """
        case contentType = "The content type must be a string at least one character in length."
        case contentValue = "The content value must be a string at least one character in length."
        case contentOrder = """
            If present, text/plain must be first, followed by text/html, followed by any other \
            content.
            """
        case customArguments = "The custom_args may not exceed 10000 bytes."
        case attachmentContent = "The attachment content must be base64 encoded."
        case attachmentName = "The attachment filename parameter is required."
    }
}
