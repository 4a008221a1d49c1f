import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Answers a request, soundly or with a fault.
struct FaultInjector {
    let request: Request
    let context: SandboxContext
    let vendor: any Vendor

    /// How long a client that waits for an answer is let wait, should it never leave.
    private static let timeoutMax = Duration.seconds(900)

    /// Does the work and answers; what the fault spoils is said at `FaultKind`.
    func play(_ fault: SandboxFault?, now: Timestamp, work: () throws -> Answer) async throws
        -> Response
    {
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

/// The faults that are armed, the oldest first.
///
/// They are not in the ledger: after a restart the sandbox behaves.
final class FaultBoard: Sendable {
    private let armed = Mutex<[ArmedFault]>([])

    func arm(_ faults: [SandboxFault]) {
        armed.withLock { $0 += faults.map { ArmedFault($0) } }
    }

    func clear() {
        armed.withLock { $0 = [] }
    }

    var json: JSONValue {
        ["faults": .list(armed.withLock { $0.map(\.json) })]
    }

    /// The fault that strikes this request; the first that concerns it and strikes, only one.
    ///
    /// Rows shift only for who has read a page before this one.
    func strike(
        _ endpoint: Endpoint, addresses: [String], subjects: [String] = [],
        isLaterPage: Bool = false
    ) -> SandboxFault? {
        strike { fault in
            fault.kind != .closeOnReuse && (fault.kind != .rowsShift || isLaterPage)
                && fault.concerns(endpoint, addresses: addresses, subjects: subjects)
        }
    }

    /// Whether a used connection is to be closed at this request.
    func closesUsedConnection(at endpoint: Endpoint) -> Bool {
        strike { $0.kind == .closeOnReuse && $0.concerns(endpoint, addresses: []) } != nil
    }

    private func strike(where concerns: (SandboxFault) -> Bool) -> SandboxFault? {
        armed.withLock { armed in
            for index in armed.indices where concerns(armed[index].fault) {
                if armed[index].strikes() { return armed[index].fault }
            }
            return nil
        }
    }
}

/// A fault that waits for its requests.
struct ArmedFault: Sendable {
    let fault: SandboxFault
    /// How often it has struck.
    private(set) var hits = 0
    private var numbers: SeededNumbers

    init(_ fault: SandboxFault) {
        self.fault = fault
        numbers = SeededNumbers(seed: fault.seed)
    }

    /// Whether it will never strike again.
    var isSpent: Bool {
        guard case .count(let count) = fault.trigger else { return false }
        return hits >= count
    }

    /// Whether it strikes now, at a request that concerns it.
    mutating func strikes() -> Bool {
        let strikes =
            switch fault.trigger {
            case .count: !isSpent
            case .probability(let probability, _):
                Double.random(in: 0..<1, using: &numbers) < probability
            }
        if strikes { hits += 1 }
        return strikes
    }

    var json: JSONValue {
        guard case .object(let members) = fault.json else { return fault.json }
        return .object(members + [.init(name: "hits", value: .integer(Int64(hits)))])
    }
}

extension SandboxFault {
    fileprivate var seed: UInt64 {
        guard case .probability(_, let seed) = trigger else { return 0 }
        return seed
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers for the same seed.
struct SeededNumbers: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The connection is gone, and no answer with it.
struct NoAnswer: Error {}
