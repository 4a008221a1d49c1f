import HTTPTypes
import Hummingbird

/// `GET /server` and `/message-streams/{stream}`: the server that the token belongs to, which is a
/// live one, and its streams.
struct PostmarkServerRoutes {
    let stage: RouteContext

    func add(to group: RouterGroup<SandboxContext>) {
        group.get("server", use: server)
        group.get("message-streams/:stream", use: stream)
    }

    private func server(_ request: Request, _ context: SandboxContext) async throws -> Response {
        try await stage.play(.account, addresses: [], request, context) { _ in
            Answer(json: [
                "ID": 1, "Name": "Sandbox", "ApiTokens": ["POSTMARK_API_TEST"], "Color": "red",
                "SmtpApiActivated": .bool(true), "RawEmailEnabled": .bool(false),
                "DeliveryType": "Live", "ServerLink": "https://postmarkapp.com/servers/1/streams",
                "InboundAddress": "1@inbound.postmarkapp.com", "InboundHookUrl": "",
                "BounceHookUrl": "", "OpenHookUrl": "", "DeliveryHookUrl": "", "ClickHookUrl": "",
                "PostFirstOpenOnly": .bool(false), "InboundDomain": "", "InboundHash": "1",
                "InboundSpamThreshold": 0, "TrackOpens": .bool(false), "TrackLinks": "None",
                "IncludeBounceContentInHook": .bool(false), "EnableSmtpApiErrorHooks": .bool(false),
            ])
        }
    }

    private func stream(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let stream = context.parameters.get("stream") ?? ""
        return try await stage.play(.account, addresses: [], request, context) { _ in
            guard PostmarkVendor.has(stream: stream) else {
                throw PostmarkError(1226, "The message stream for the provided 'ID' was not found.")
            }
            return Answer(json: [
                "ID": .text(stream), "ServerID": 1, "Name": .text(stream), "Description": .null,
                "MessageStreamType": "Transactional", "CreatedAt": "2020-07-01T00:00:00-04:00",
                "UpdatedAt": .null, "ArchivedAt": .null, "ExpectedPurgeDate": .null,
                "SubscriptionManagementConfiguration": ["UnsubscribeHandlingType": "None"],
            ])
        }
    }
}
