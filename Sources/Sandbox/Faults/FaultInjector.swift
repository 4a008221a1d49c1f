import HTTPTypes
import Hummingbird
import NIOCore

/// Answers a request, soundly or with a fault.
struct FaultInjector {
    let request: Request
    let context: SandboxContext
    let vendor: any Vendor

    /// How long a client that waits for an answer is let wait, should it never leave.
    private static let timeoutMax = Duration.seconds(900)

    /// Does the work and answers; what the fault spoils is said at `FaultKind`.
    func play(_ fault: Fault?, now: Timestamp, work: () throws -> Answer) async throws -> Response {
        guard let fault else { return try work().response }
        switch fault.kind {
        case .status429:
            let resetAt = fault.retryAfterSeconds.map {
                now.advanced(byMilliseconds: Int64($0) * 1000)
            }
            return vendor.answer(
                to: .tooManyRequests(
                    retryAfterSeconds: fault.retryAfterSeconds, resetAt: resetAt)
            ).response
        case .status500BeforeAccept: throw VendorError(answer: vendor.answer(to: .internalError))
        case .status500AfterAccept:
            _ = try work()
            throw VendorError(answer: vendor.answer(to: .internalError))
        case .status502: return Self.page(.badGateway).response
        case .status503: return Self.page(.serviceUnavailable).response
        case .unauthorized: throw VendorError(answer: vendor.answer(to: .keyWrong))
        case .answer: return (fault.answer?.answer ?? Self.page(.badGateway)).response
        case .html200: return Self.page(.ok).response
        case .timeoutBeforeAccept: return try await keepWaiting()
        case .timeoutAfterAccept:
            _ = try work()
            return try await keepWaiting()
        case .closeAfterAccept:
            _ = try work()
            return try await close()
        case .closeOnReuse: return try await close()
        case .truncatedJSON: return Self.truncated(try work()).response
        case .slowBytes: return Self.slow(try work(), delayMilliseconds: fault.delayMilliseconds)
        case .duplicateEvents, .lateEvents, .rowsShift: return try work().response
        }
    }

    /// Closes the connection before anything is written on it.
    ///
    /// What the server then tries to write meets a closed channel and never leaves the process.
    func close() async throws -> Response {
        try? await context.channel.close()  // It may be gone already: the client's doing.
        throw NoAnswer()
    }

    /// Says nothing until the client gives up.
    private func keepWaiting() async throws -> Response {
        try? await request.body.consumeWithCancellationOnInboundClose { _ in
            try await Task.sleep(for: Self.timeoutMax)
        }
        return try await close()
    }

    /// What a proxy says in place of the API.
    private static func page(_ status: HTTPResponse.Status) -> Answer {
        var answer = Answer(status: status)
        answer.headers[.contentType] = "text/html"
        answer.body = Array(
            "<html><head><title>\(status)</title></head><body><h1>\(status)</h1></body></html>".utf8
        )
        return answer
    }

    private static func truncated(_ answer: Answer) -> Answer {
        var answer = answer
        answer.headers[.messageID] = nil
        answer.headers[.contentType] = "application/json"
        answer.body =
            answer.body.isEmpty
            ? Array(#"{"message":"#.utf8) : Array(answer.body.prefix(answer.body.count / 2))
        return answer
    }

    private static func slow(_ answer: Answer, delayMilliseconds: Int) -> Response {
        let delay = Duration.milliseconds(delayMilliseconds)
        let body = ResponseBody { writer in
            for byte in answer.body {
                try await Task.sleep(for: delay)
                try await writer.write(ByteBuffer(bytes: [byte]))
            }
            try await Task.sleep(for: delay)
            try await writer.finish(nil)
        }
        return Response(status: answer.status, headers: answer.headers, body: body)
    }
}
