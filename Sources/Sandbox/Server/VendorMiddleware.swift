import HTTPTypes
import Hummingbird

/// What comes before every route of the vendor's API: counting, closing used connections, the key.
struct VendorMiddleware: RouterMiddleware {
    let tally: Tally
    let connections: Connections
    let faults: FaultBoard
    let apiKey: String?

    func handle(
        _ request: Request, context: SandboxContext,
        next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        guard let endpoint = Endpoint(method: request.method, path: request.uri.path) else {
            return try await next(request, context)
        }
        let isUsed = connections.count(context.channel) > 1
        tally.came(endpoint)
        do {
            if isUsed, faults.closesUsedConnection(at: endpoint) {
                return try await FaultPlayer(request: request, context: context).close()
            }
            try authorize(request)
            let response = try await next(request, context)
            tally.left(endpoint, status: response.status.code)
            return response
        } catch let error as SendGridError {
            tally.left(endpoint, status: error.status.code)
            return error.answer.response
        } catch {
            tally.left(endpoint, status: nil)
            throw error
        }
    }

    private func authorize(_ request: Request) throws(SendGridError) {
        guard let header = request.headers[.authorization], header.hasPrefix("Bearer "),
            header.count > "Bearer ".count
        else { throw .authorizationRequired }
        if let apiKey, header.dropFirst("Bearer ".count) != apiKey { throw .authorizationInvalid }
    }
}
