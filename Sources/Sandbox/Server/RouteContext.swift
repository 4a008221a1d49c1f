import Crypto
import HTTPTypes
import Hummingbird
import NIOCore

/// Where the routes of every vendor are played: the account, the faults, and whose face it is.
struct RouteContext: Sendable {
    let account: Account
    let faults: FaultBoard
    let vendor: any Vendor
    let latencyMilliseconds: Int

    /// Answers a request, soundly or with the fault that strikes it.
    func play(
        _ endpoint: Endpoint, addresses: [String], isLaterPage: Bool = false,
        _ request: Request, _ context: SandboxContext, work: (Fault?) throws -> Answer
    ) async throws -> Response {
        let fault = faults.strike(endpoint, addresses: addresses, isLaterPage: isLaterPage)
        return try await play(fault, request, context) { try work(fault) }
    }

    /// Answers a send: half of its time goes before it is accepted and half after, so that a
    /// client may die on either side of acceptance.
    ///
    /// `work` is told how much later than usual the events of what it accepts can be seen.
    func send(
        _ send: SendRequest, _ request: Request, _ context: SandboxContext,
        work: (_ lateMilliseconds: Int) throws -> Answer
    ) async throws -> Response {
        let fault = faults.strike(
            .send, addresses: send.recipients.map(\.address),
            subjects: send.recipients.map(\.subject))
        try await pause()
        let response = try await play(fault, request, context) {
            try work(fault?.kind == .lateEvents ? fault?.delayMilliseconds ?? 0 : 0)
        }
        try await pause()
        return response
    }

    private func play(
        _ fault: Fault?, _ request: Request, _ context: SandboxContext, work: () throws -> Answer
    ) async throws -> Response {
        try await FaultInjector(request: request, context: context, vendor: vendor)
            .play(fault, now: account.now, work: work)
    }

    private func pause() async throws {
        guard latencyMilliseconds > 0 else { return }
        try await Task.sleep(for: .microseconds(latencyMilliseconds * 500))
    }
}

extension BodyDigest {
    init(of body: ByteBuffer) {
        var hash = SHA256()
        body.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        self.init(
            byteCount: body.readableBytes, sha256: Hexadecimal.encode(hash.finalize()))
    }
}

extension [JSONValue] {
    /// The rows, or each of them twice where the fault is that.
    func told(with fault: Fault?) -> [JSONValue] {
        fault?.kind == .duplicateEvents ? flatMap { [$0, $0] } : self
    }
}
