import HTTPTypes
import Hummingbird

/// `GET /v4/domains/{name}`: a domain of the account, which is there and verified.
struct MailgunDomainRoutes {
    let stage: RouteContext

    func add(to group: RouterGroup<SandboxContext>) {
        group.get(":domain", use: domain)
    }

    private func domain(_ request: Request, _ context: SandboxContext) async throws -> Response {
        try await stage.play(.account, addresses: [], request, context) { _ in
            Answer(json: Self.json(try MailgunVendor.domain(context)))
        }
    }

    private static func json(_ domain: String) -> JSONValue {
        func record(_ type: String, _ name: String, _ value: String) -> JSONValue {
            [
                "is_active": .bool(true), "cached": [.text(value)], "name": .text(name),
                "record_type": .text(type), "valid": "valid", "value": .text(value),
            ]
        }
        return [
            "domain": [
                "id": "1", "name": .text(domain), "state": "active", "type": "custom",
                "is_disabled": .bool(false), "created_at": "Thu, 13 Oct 2011 18:02:00 GMT",
                "require_tls": .bool(false), "skip_verification": .bool(false),
                "smtp_login": .text("postmaster@\(domain)"), "spam_action": "disabled",
                "use_automatic_sender_security": .bool(false), "wildcard": .bool(false),
                "web_prefix": "email", "web_scheme": "https", "message_ttl": 259_200,
                "encrypt_incoming_message": .bool(false),
            ],
            "receiving_dns_records": [],
            "sending_dns_records": [
                record("TXT", domain, "v=spf1 include:mailgun.org ~all"),
                record("TXT", "mx._domainkey.\(domain)", "k=rsa; p=MIGf"),
                record("CNAME", "email.\(domain)", "mailgun.org"),
            ],
        ]
    }
}
