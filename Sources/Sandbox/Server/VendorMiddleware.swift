import HTTPTypes
import Hummingbird

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
