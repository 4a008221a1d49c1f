import HTTPTypes
import Hummingbird

/// SendGrid's face: `/v3/mail/send`, `/v3/suppression`, `/v3/logs`, and a bearer's key.
struct SendGridVendor: Vendor {
    func endpoint(method: HTTPRequest.Method, path: some StringProtocol) -> Endpoint? {
        if path.hasPrefix("/v3/mail/send") { return .send }
        if path.hasPrefix("/v3/suppression/") { return method == .delete ? .delete : .lists }
        return path.hasPrefix("/v3/logs") ? .logs : nil
    }

    func key(of request: Request) -> String? {
        guard let header = request.headers[.authorization], header.hasPrefix("Bearer ")
        else { return nil }
        return String(header.dropFirst("Bearer ".count))
    }

    func answer(to refusal: Refusal) -> Answer {
        switch refusal {
        case .keyMissing: return SendGridError.authorizationRequired.answer
        case .keyWrong: return SendGridError.authorizationInvalid.answer
        case .notFound: return SendGridError.notFound.answer
        case .internalError: return SendGridError.internalError.answer
        case .tooManyRequests(let retryAfterSeconds, let resetAt):
            var answer = SendGridError.tooManyRequests.answer
            answer.headers[.rateLimitLimit] = "600"
            answer.headers[.rateLimitRemaining] = "0"
            answer.headers[.rateLimitReset] = resetAt.map { String($0.seconds) }
            answer.headers[.retryAfter] = retryAfterSeconds.map(String.init)
            return answer
        }
    }

    func addRoutes(to router: Router<SandboxContext>, stage: RouteContext, gate: VendorMiddleware) {
        let group = router.group("v3").add(middleware: gate)
        SendRoutes(stage: stage).add(to: group)
        SuppressionRoutes(stage: stage).add(to: group)
        LogRoutes(stage: stage).add(to: group)
    }
}
