package import Dispatching
import FoundationEssentials
import Invoicing
import Logging
package import Postgres
package import Runtime
import Store

/// Drains the queue: claims, submits many at once, records; submissions in doubt are resolved
/// first.
///
/// A claim is committed before its message is sent. A crash at any point leaves leases, which
/// expire into doubt, which is resolved by a look-up. A provider that accepts nothing is left alone
/// by every run until its pause is over; then it is tried with one message before the rest.
package struct SendDispatches {
    let connection: Connection
    let provider: any MailProvider
    let context: RunContext
    let mark: SenderMark
    /// Whether a pause is ignored, because a person has fixed its cause.
    let isAtOnce: Bool
    let connect: @Sendable () throws -> Connection

    /// `connect` opens a further connection, for each thread besides this one.
    package init(
        connection: Connection, provider: any MailProvider, context: RunContext,
        mark: SenderMark, isAtOnce: Bool = false,
        connect: @escaping @Sendable () throws -> Connection
    ) {
        self.connection = connection
        self.provider = provider
        self.context = context
        self.mark = mark
        self.isAtOnce = isAtOnce
        self.connect = connect
    }

    /// Sends everything that is due; a dry run only counts it.
    package func run() throws -> RunSummary {
        guard !context.isDryRun else { return try rehearse() }
        let resolved = try ResolveInDoubt(
            connection: connection, provider: provider, context: context
        ).run()
        let watch = ProviderWatch(
            connection: connection, provider: provider.name, context: context)
        let (counts, trouble) = try drain(watch)
        let givenUp = try watch.notifyWaiting(trouble)
        var due = DueTenants(connection: connection, context: context)
        return summary(
            counts, resolved: resolved, givenUp: givenUp, held: try due.heldCount(),
            trouble: trouble)
    }

    private func drain(
        _ watch: ProviderWatch
    ) throws -> (counts: [Drain.Counts], trouble: ProviderTrouble?) {
        let (pause, isProbing) = try watch.status()
        if let pause, !isAtOnce { return ([], pause) }
        var counts: [Drain.Counts] = []
        if isProbing {
            let (probe, trouble) = try drain(watch, limit: 1)
            counts.append(probe)
            guard trouble == nil, probe.claimed > 0, context.limit != 1 else {
                return (counts, trouble)
            }
        }
        let (rest, trouble) = try drain(
            watch, limit: context.limit.map { $0 - (isProbing ? 1 : 0) })
        return (counts + [rest], trouble)
    }

    private func drain(
        _ watch: ProviderWatch, limit: Int?
    ) throws -> (counts: Drain.Counts, trouble: ProviderTrouble?) {
        var context = context
        context.limit = limit
        let drain = Drain(
            provider: provider, context: context, policy: context.settings.sendPolicy,
            breaker: try watch.breaker(), held: HeldTenants(try watch.heldTenants().keys))
        try drain.run(mark: mark, connect: connect)
        return (drain.counts, try watch.learn(from: drain))
    }

    private func summary(
        _ drains: [Drain.Counts], resolved: ResolveInDoubt.Counts, givenUp: Int, held: Int,
        trouble: ProviderTrouble?
    ) -> RunSummary {
        func sum(_ count: KeyPath<Drain.Counts, Int>) -> Int {
            drains.reduce(0) { $0 + $1[keyPath: count] }
        }
        let givenUp = givenUp + resolved.givenUp + sum(\.givenUp)
        var summary = RunSummary(
            job: "send-dispatches",
            counts: [
                ("sent", sum(\.accepted)), ("postponed", sum(\.postponed)),
                ("in_doubt", sum(\.inDoubt)), ("refused", sum(\.refused)),
                ("suppressed", sum(\.suppressed)), ("cancelled", sum(\.cancelled)),
                ("given_up", givenUp), ("released", sum(\.released)), ("held", held),
                ("lost_leases", sum(\.lost) + resolved.rescued),
                ("doubts_found", resolved.found), ("doubts_absent", resolved.absent),
                ("doubts_parked", resolved.parked), ("doubts_unanswered", resolved.unanswered),
            ],
            failed: sum(\.refused) + sum(\.suppressed) + givenUp)
        // Mail is sent whatever happens to the doubts; afterwards it is reported that they could
        // not be looked up.
        summary.trouble = trouble ?? resolved.trouble
        return summary
    }

    /// Whether anything is due, in the queue or in doubt: for a loop that waits.
    package func hasWork() throws -> Bool {
        let watch = ProviderWatch(
            connection: connection, provider: provider.name, context: context)
        let isPaused = try watch.status().trouble != nil
        var due = DueTenants(
            connection: connection, context: context,
            held: HeldTenants(try watch.heldTenants().keys))
        return try !isPaused && !due.next(1).isEmpty
            || DispatchLife(connection).hasDoubts(tenantID: context.tenantID)
    }

    /// Counts what a run would send, in a transaction that is rolled back; makes no requests.
    private func rehearse() throws -> RunSummary {
        let claimed = try connection.rehearsing {
            var due = DueTenants(connection: connection, context: context)
            let tenants = try due.next(DispatchReader.tenantsMax)
            return try DispatchLife(connection).claim(
                DispatchLife.ClaimLimits(
                    tenants: tenants, limited: due.limited,
                    count: context.limit ?? context.settings.send.batch,
                    leaseSeconds: context.settings.send.leaseSeconds),
                owner: DispatchReader.owner, now: context.clock.now)
        }
        return RunSummary(
            job: "send-dispatches", counts: [("would_send", claimed.dispatches.count)], failed: 0,
            notes: ["dry run: nothing was sent"])
    }
}
