import FoundationEssentials
import HTTPTypes
import Hummingbird

/// Mailgun's face: `/v3/{domain}/messages`, `/v3/{domain}/events`, the domain's suppression lists,
/// `/v4/domains/{domain}`, and a key as the password of the user `api`.
///
/// It knows every domain but those that end in `.invalid` (RFC 6761), which it answers as Mailgun
/// does a domain of another region. All domains share one account, and a message has one
/// recipient.
struct MailgunVendor: Vendor {
    func endpoint(method: HTTPRequest.Method, path: some StringProtocol) -> Endpoint? {
        let parts = path.split(separator: "/")
        if parts.count == 3, parts[0] == "v4", parts[1] == "domains" { return .account }
        // A domain has a dot; the other vendor's words in its place have none.
        guard parts.count >= 3, parts[0] == "v3", parts[1].contains(".") else { return nil }
        switch parts[2] {
        case "messages": return .send
        case "events": return .logs
        case "bounces", "complaints", "unsubscribes": return method == .delete ? .delete : .lists
        default: return nil
        }
    }

    func key(of request: Request) -> String? {
        guard let header = request.headers[.authorization], header.hasPrefix("Basic "),
            let data = Data(base64Encoded: String(header.dropFirst("Basic ".count)))
        else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        return text.hasPrefix("api:") ? String(text.dropFirst("api:".count)) : nil
    }

    func answer(to refusal: VendorRefusal) -> Answer {
        switch refusal {
        case .keyMissing, .keyWrong:
            // The bare word, not JSON.
            var answer = Answer(status: .unauthorized)
            answer.headers[.contentType] = "text/plain"
            answer.body = Array("Forbidden".utf8)
            return answer
        case .notFound: return MailgunError(.notFound, "Not Found").answer
        case .internalError:
            return MailgunError(.internalServerError, "Internal Server Error").answer
        case .tooManyRequests(let seconds, _):
            // Only the words say how long.
            return MailgunError(
                .tooManyRequests,
                "Domain is not allowed to send: account-requests-per-sec limit exceeded"
                    + (seconds.map { ", try again after \($0) seconds" } ?? "")
            ).answer
        }
    }

    func addRoutes(to router: Router<SandboxContext>, stage: RouteContext, gate: VendorMiddleware) {
        let group = router.group("v3/:domain").add(middleware: gate)
        MailgunSendRoutes(stage: stage).add(to: group)
        MailgunEventRoutes(stage: stage).add(to: group)
        MailgunListRoutes(stage: stage).add(to: group)
        MailgunDomainRoutes(stage: stage).add(
            to: router.group("v4/domains").add(middleware: gate))
    }

    /// The domain that a request is about.
    static func domain(_ context: SandboxContext) throws(MailgunError) -> String {
        let domain = context.parameters.get("domain").flatMap(FormText.decode(path:)) ?? ""
        guard domain.contains("."), !domain.hasSuffix(".invalid") else {
            throw MailgunError(.notFound, "Domain not found: \(domain)")
        }
        return domain
    }
}

/// A refusal in the vendor's form: `{"message":…}`.
struct MailgunError: AnsweredError, Hashable {
    var status: HTTPResponse.Status
    var message: String

    init(_ status: HTTPResponse.Status, _ message: String) {
        self.status = status
        self.message = message
    }

    var answer: Answer {
        Answer(status: status, json: ["message": .text(message)])
    }
}
