import HTTPTypes
import Hummingbird

/// `GET /v3/scopes`, `/v3/whitelabel/domains` and `/v3/verified_senders`: what the key may do, and
/// whom the account may send for.
///
/// Every domain is authenticated but those that end in `.invalid` (RFC 6761); no sender is verified
/// by itself.
struct AccountRoutes {
    let stage: RouteContext

    private static let scopes = [
        "mail.send", "mail.batch.create", "suppression.read", "suppression.delete",
        "suppression.create", "suppression.update", "whitelabel.read",
        "sender_verification_eligible",
    ]

    func add(to group: RouterGroup<SandboxContext>) {
        group.get("scopes", use: scopes)
        group.get("whitelabel/domains", use: domains)
        group.get("verified_senders", use: senders)
    }

    private func scopes(_ request: Request, _ context: SandboxContext) async throws -> Response {
        try await stage.play(.account, addresses: [], request, context) { _ in
            Answer(json: ["scopes": .list(Self.scopes.map(JSONValue.text))])
        }
    }

    private func domains(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let parameters = FormText.decode(query: request.uri.query ?? "") ?? [:]
        return try await stage.play(.account, addresses: [], request, context) { _ in
            guard let domain = parameters["domain"], !domain.hasSuffix(".invalid"),
                parameters["offset"] ?? "0" == "0"
            else { return Answer(json: []) }
            return Answer(json: [Self.json(domain)])
        }
    }

    private static func json(_ domain: String) -> JSONValue {
        func record(_ host: String, _ type: String, _ data: String) -> JSONValue {
            [
                "valid": .bool(true), "type": .text(type), "host": .text("\(host).\(domain)"),
                "data": .text(data),
            ]
        }
        return [
            "id": 1, "user_id": 1, "subdomain": "em1", "domain": .text(domain),
            "username": "sandbox", "ips": [], "custom_spf": .bool(false), "default": .bool(true),
            "legacy": .bool(false), "automatic_security": .bool(true), "valid": .bool(true),
            "dns": [
                "mail_cname": record("em1", "cname", "u1.wl.sendgrid.net"),
                "dkim1": record("s1._domainkey", "cname", "s1.domainkey.u1.wl.sendgrid.net"),
                "dkim2": record("s2._domainkey", "cname", "s2.domainkey.u1.wl.sendgrid.net"),
            ],
        ]
    }

    private func senders(_ request: Request, _ context: SandboxContext) async throws -> Response {
        try await stage.play(.account, addresses: [], request, context) { _ in
            Answer(json: ["results": []])
        }
    }
}
