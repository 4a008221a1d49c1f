import FoundationEssentials
package import Postgres
package import Runtime
import Store

/// What waits for the access point.
package struct OutboxList {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    package func listing() throws -> Listing {
        let waiting = try EHFOutbox(connection).waiting(
            tenantID: context.tenantID, limit: context.limit ?? 1_000)
        return Listing(
            headings: ["tenant", "dispatch", "document", "receiver", "since"],
            rows: waiting.map { document in
                [
                    String(document.tenantID), document.dispatchID.uuidString.lowercased(),
                    document.invoiceNumber, document.receiver, Instant.short(document.putAt),
                ]
            },
            emptyText: "nothing waits for the access point")
    }
}
