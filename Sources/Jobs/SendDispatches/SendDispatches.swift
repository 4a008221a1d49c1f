package import Dispatching
import FoundationEssentials
import Invoicing
import Logging
package import Postgres
package import Runtime
import Store

/// Drains the queue: claims, submits many at once, records; first it resolves what is in doubt.
///
/// Two threads: one drives the wire and asks for the next message whenever it has room, one claims
/// and reads ahead of it and writes the outcomes in batches. A claim is committed before its
/// message reaches the wire. A crash at any point leaves leases, which run out into doubt, which
/// is resolved by asking.
package struct SendDispatches {
    let connection: Connection
    let provider: any MailProvider
    let context: RunContext
    let connect: @Sendable () throws -> Connection

    /// `connect` opens a further connection, for the thread that reads ahead.
    package init(
        connection: Connection, provider: any MailProvider, context: RunContext,
        connect: @escaping @Sendable () throws -> Connection
    ) {
        self.connection = connection
        self.provider = provider
        self.context = context
        self.connect = connect
    }

    package func run() throws -> RunSummary {
        guard !context.isDryRun else { return try rehearse() }
        let resolved = try ResolveInDoubt(
            connection: connection, provider: provider, context: context
        ).run()
        let drain = Drain(
            provider: provider, context: context, policy: context.settings.sendPolicy,
            connect: connect)
        try drain.run()
        // Mail goes out whatever the doubts do, and then it is said that they could not be asked.
        if let trouble = resolved.trouble { throw trouble }
        return drain.summary(resolved: resolved)
    }

    /// Whether there is anything due, or in doubt and due: for a loop that waits.
    package func hasWork() throws -> Bool {
        let now = context.clock.now
        // The first tenant that has something due, from the one that is asked for on.
        let due = try DispatchQueue(connection).dueTenants(
            after: context.tenantID.map { $0 - 1 } ?? 0, now: now, limit: 1)
        return try due.contains { context.tenantID ?? $0 == $0 }
            || DispatchLeases(connection).hasWork(tenantID: context.tenantID, now: now)
    }

    /// What a run would take, in a transaction that is rolled back; no provider is spoken to.
    private func rehearse() throws -> RunSummary {
        let queue = DispatchQueue(connection)
        let claimed = try connection.rehearsing {
            let tenants =
                try context.tenantID.map { [$0] }
                ?? queue.dueTenants(
                    after: 0, now: context.clock.now, limit: DispatchReader.tenantsMax)
            return try queue.claim(
                tenants: tenants, limit: context.limit ?? context.settings.send.batch,
                owner: DispatchReader.owner, leaseSeconds: context.settings.send.leaseSeconds,
                now: context.clock.now)
        }
        return RunSummary(
            job: "send-dispatches", counts: [("would_send", claimed.count)], failed: 0,
            notes: ["dry run: nothing was sent"])
    }
}
