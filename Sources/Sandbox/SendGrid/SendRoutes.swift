import Crypto
import HTTPTypes
import Hummingbird
import NIOCore

/// `POST /v3/mail/send`.
struct SendRoutes {
    let account: Account
    let faults: FaultBoard
    let latencyMilliseconds: Int

    /// Longer strings are attachments and texts, of which only the length is kept.
    private static let textBytesMax = 16 * 1024

    func add(to group: RouterGroup<SandboxContext>) {
        group.post("mail/send", use: send)
    }

    private func send(_ request: Request, _ context: SandboxContext) async throws -> Response {
        var request = request
        let body = try await Self.collect(&request)
        let send = try Self.read(body)
        let fault = faults.strike(.send, addresses: send.recipients.map(\.address))
        try await pause()
        let player = FaultPlayer(request: request, context: context)
        let response = try await player.play(fault, now: account.now) {
            try accept(send, body: body, fault: fault)
        }
        try await pause()
        return response
    }

    /// Half of the time that a send takes, so that a client may die on either side of acceptance.
    private func pause() async throws {
        guard latencyMilliseconds > 0 else { return }
        try await Task.sleep(for: .microseconds(latencyMilliseconds * 500))
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
        _ send: SendRequest, body: ByteBuffer, fault: Fault?
    ) throws(SendGridError) -> Answer {
        guard !send.isRehearsal else { return Answer(status: .ok) }
        let late = fault?.kind == .lateEvents ? fault?.delayMilliseconds ?? 0 : 0
        do {
            var answer = Answer(status: .accepted)
            answer.headers[.messageID] = try account.accept(
                send, body: Self.digest(body), lateMilliseconds: late)
            return answer
        } catch {
            throw .internalError
        }
    }

    private static func digest(_ body: ByteBuffer) -> BodyDigest {
        var hash = SHA256()
        body.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        return BodyDigest(
            byteCount: body.readableBytes, sha256: Hexadecimal.encode(hash.finalize()))
    }
}
