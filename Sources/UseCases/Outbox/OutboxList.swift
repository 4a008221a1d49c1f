import FoundationEssentials
package import Invoicing
package import Postgres
package import Runtime
import Store

/// What waits for the access point, and for whoever prints letters.
package struct OutboxList {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    package func listing(of channel: Channel?) throws -> Listing {
        let waiting = try Outbox(connection).waiting(
            by: channel, tenantID: context.tenantID, limit: context.limit ?? 1_000)
        return Listing(
            headings: ["tenant", "dispatch", "channel", "document", "receiver", "since"],
            rows: waiting.map { document in
                [
                    String(document.tenantID), document.dispatchID.uuidString.lowercased(),
                    document.channel.rawValue, document.invoiceNumber, document.receiver,
                    Instant.short(document.putAt),
                ]
            },
            emptyText: "nothing waits to be handed over")
    }
}
