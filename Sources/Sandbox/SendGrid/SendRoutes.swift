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
