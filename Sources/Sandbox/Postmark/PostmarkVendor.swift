import HTTPTypes
import Hummingbird

/// Postmark's face: `/email`, `/bounces`, `/messages/outbound`, `/message-streams/…/suppressions`
/// and a server token.
///
/// It has the stream `outbound` and every other but those that end in `-gone`, all with one list
/// of suppressions, and takes one recipient a message.
struct PostmarkVendor: Vendor {
    /// The stream that is meant where none is named.
    static let stream = "outbound"

    static func has(stream: String) -> Bool { !stream.isEmpty && !stream.hasSuffix("-gone") }

    func endpoint(method: HTTPRequest.Method, path: some StringProtocol) -> Endpoint? {
        if path == "/email" { return .send }
        if path.hasPrefix("/bounces") { return .lists }
        if path.hasPrefix("/messages/outbound") { return .logs }
        guard path.hasPrefix("/message-streams/") else { return nil }
        return method == .post ? .delete : .lists
    }

    func key(of request: Request) -> String? {
        request.headers[.postmarkToken]
    }

    func answer(to refusal: Refusal) -> Answer {
        switch refusal {
        case .keyMissing:
            PostmarkError(
                10, "No Account or Server API tokens were supplied in the HTTP headers.",
                status: .unauthorized
            ).answer
        case .keyWrong:
            PostmarkError(
                10,
                "The Server Token you provided in the X-Postmark-Server-Token request header"
                    + " was invalid.", status: .unauthorized
            ).answer
        case .notFound: PostmarkError(701, "This message was not found.").answer
        case .internalError:
            PostmarkError(500, "Internal Server Error", status: .internalServerError).answer
        // No header says how long.
        case .tooManyRequests:
            PostmarkError(429, "Too many requests", status: .tooManyRequests).answer
        }
    }

    func addRoutes(to router: Router<SandboxContext>, stage: RouteContext, gate: VendorMiddleware) {
        let group = router.group("").add(middleware: gate)
        PostmarkSendRoutes(stage: stage).add(to: group)
        PostmarkBounceRoutes(stage: stage).add(to: group)
        PostmarkMessageRoutes(stage: stage).add(to: group)
        PostmarkSuppressionRoutes(stage: stage).add(to: group)
    }
}
