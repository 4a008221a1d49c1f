import HTTPTypes
import Hummingbird

/// SendGrid's face: `/v3/mail/send`, `/v3/suppression`, `/v3/logs`, what it says of the account, and
/// a bearer's key.
struct SendGridVendor: Vendor {
    func endpoint(method: HTTPRequest.Method, path: some StringProtocol) -> Endpoint? {
        if path.hasPrefix("/v3/mail/send") { return .send }
        if path.hasPrefix("/v3/suppression/") { return method == .delete ? .delete : .lists }
        if path.hasPrefix("/v3/logs") { return .logs }
        let account = ["/v3/scopes", "/v3/whitelabel/domains", "/v3/verified_senders"]
        return account.contains { path == $0 } ? .account : nil
    }

    func key(of request: Request) -> String? {
        guard let header = request.headers[.authorization], header.hasPrefix("Bearer ")
        else { return nil }
        return String(header.dropFirst("Bearer ".count))
    }

    func answer(to refusal: VendorRefusal) -> Answer {
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
        AccountRoutes(stage: stage).add(to: group)
    }
}

/// A refusal in the vendor's form: `{"errors":[{"message","field","help"}]}`.
struct SendGridError: AnsweredError, Hashable {
    var status: HTTPResponse.Status
    var items: [Item]

    struct Item: Hashable, Sendable {
        var message: String
        var field: String?
    }

    init(_ status: HTTPResponse.Status, _ items: [Item]) {
        self.status = status
        self.items = items
    }

    init(_ status: HTTPResponse.Status, _ message: String, field: String? = nil) {
        self.init(status, [Item(message: message, field: field)])
    }

    static let authorizationRequired = SendGridError(.unauthorized, "authorization required")
    static let authorizationInvalid = SendGridError(
        .unauthorized, "The provided authorization grant is invalid, expired, or revoked")
    static let notFound = SendGridError(.notFound, "not found")
    static let contentTooLarge = SendGridError(.contentTooLarge, "content too large")
    static let internalError = SendGridError(.internalServerError, "internal server error")
    static let tooManyRequests = SendGridError(.tooManyRequests, "too many requests")

    var answer: Answer {
        Answer(
            status: status,
            json: [
                "errors": .list(
                    items.map {
                        [
                            "message": .text($0.message),
                            "field": $0.field.map(JSONValue.text) ?? .null, "help": .null,
                        ]
                    })
            ])
    }
}
