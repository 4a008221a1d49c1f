import Crypto
import HTTPTypes
import Hummingbird
import NIOCore

/// One vendor's face: how its API looks from outside, over the one account behind it.
protocol Vendor: Sendable {
    /// The part of the API that a request is for; nil where it is for none.
    func endpoint(method: HTTPRequest.Method, path: some StringProtocol) -> Endpoint?

    /// The key that a request brings; nil where it brings none.
    func key(of request: Request) -> String?

    /// How the vendor says no, where that is not about what was asked.
    func answer(to refusal: VendorRefusal) -> Answer

    /// Mounts the routes of the API behind the gate.
    func addRoutes(to router: Router<SandboxContext>, stage: RouteContext, gate: VendorMiddleware)
}

/// What can be refused of any request.
enum VendorRefusal: Hashable, Sendable {
    case keyMissing, keyWrong, notFound, internalError
    /// `resetAt` is when the next may come, where the fault says it.
    case tooManyRequests(retryAfterSeconds: Int?, resetAt: Timestamp?)
}

/// An error that has an answer in the form of its vendor.
protocol AnsweredError: Error {
    var answer: Answer { get }
}

/// A refusal whose answer is known already.
struct VendorError: AnsweredError {
    var answer: Answer
}

/// What comes before every route of the vendor's API: counting, closing used connections, the key.
struct VendorMiddleware: RouterMiddleware {
    let vendor: any Vendor
    let tally: RequestCounts
    let connections: Connections
    let faults: FaultBoard
    let apiKey: String?

    func handle(
        _ request: Request, context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        guard let endpoint = vendor.endpoint(method: request.method, path: request.uri.path) else {
            return try await next(request, context)
        }
        let isUsed = connections.count(context.channel) > 1
        tally.came(endpoint)
        do {
            if isUsed, faults.closesUsedConnection(at: endpoint) {
                return try await FaultInjector(
                    request: request, context: context, vendor: vendor
                ).close()
            }
            try authorize(request)
            let response = try await next(request, context)
            tally.left(endpoint, status: response.status.code)
            return response
        } catch let error as any AnsweredError {
            tally.left(endpoint, status: error.answer.status.code)
            return error.answer.response
        } catch {
            tally.left(endpoint, status: nil)
            throw error
        }
    }

    private func authorize(_ request: Request) throws(VendorError) {
        guard let key = vendor.key(of: request), !key.isEmpty else {
            throw VendorError(answer: vendor.answer(to: .keyMissing))
        }
        if let apiKey, key != apiKey {
            throw VendorError(answer: vendor.answer(to: .keyWrong))
        }
    }
}

/// Where the routes of every vendor are played: the account, the faults, and whose face it is.
struct RouteContext: Sendable {
    let account: Account
    let faults: FaultBoard
    let vendor: any Vendor
    let latencyMilliseconds: Int

    /// Answers a request, soundly or with the fault that strikes it.
    func play(
        _ endpoint: Endpoint, addresses: [String], isLaterPage: Bool = false,
        _ request: Request, _ context: SandboxContext, work: (SandboxFault?) throws -> Answer
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
        _ fault: SandboxFault?, _ request: Request, _ context: SandboxContext,
        work: () throws -> Answer
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
    func told(with fault: SandboxFault?) -> [JSONValue] {
        fault?.kind == .duplicateEvents ? flatMap { [$0, $0] } : self
    }
}

/// What a request brings along: also its connection, which some faults close.
struct SandboxContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
