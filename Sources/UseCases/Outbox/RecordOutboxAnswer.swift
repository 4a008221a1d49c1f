import Dispatching
import FoundationEssentials
import Store
package import Invoicing
package import Postgres
package import Runtime

/// Records the outcome of a document, EHF or letter, as reported by whoever took it.
package struct RecordOutboxAnswer {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// Records the outcome; `refusal` is the reason for a refusal, and nil reports a delivery.
    package func run(_ name: String, refusal: String?, actor: String) throws {
        let line = try DispatchLookup(connection: connection, context: context).one(name)
        let now = context.clock.now
        let key = DispatchKey(line.tenantID, line.dispatchID)
        try connection.committing(unlessDry: context.isDryRun) {
            let isSettled = try DispatchLife(connection).answer(
                key, refusal: refusal, now: now)
            guard isSettled else {
                throw UsageError(
                    "dispatch \(name) is not one that was handed over, by EHF or as a letter, and"
                        + " not yet answered for", exit: .badInput)
            }
            let people = Notifications(connection)
            if refusal == nil {
                _ = try people.closeTodos([key], by: "delivered", now: now)
            } else {
                _ = try people.notify([key], kind: .failed, now: now)
                _ = try people.openTodos([key], now: now)
            }
            try Audits(connection).write(
                tenantID: line.tenantID, actor: actor,
                action: refusal == nil ? "outbox delivered" : "outbox refused",
                subject: line.dispatchID.uuidString.lowercased(), reason: refusal ?? "", now: now)
        }
    }
}

/// The documents waiting for the access point or the printing house.
package struct OutboxList {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// The waiting documents of one channel; nil for all.
    package func listing(of channel: Channel?) throws -> Listing {
        let (outbox, limit) = (Outbox(connection), context.limit ?? 1_000)
        return try Listing(
            of: try outbox.waiting(by: channel, tenantID: context.tenantID, limit: limit),
            limit: limit,
            total: { try outbox.count(by: channel, tenantID: context.tenantID) },
            emptyText: "nothing waits to be handed over",
            [
                "tenant": { .number($0.tenantID) },
                "dispatch": { .id($0.dispatchID) },
                "channel": { .text($0.channel.rawValue) },
                "document": { .text($0.invoiceNumber) },
                "to": { .text($0.receiver) },
                "created_at": { .instant($0.putAt) },
            ])
    }
}
