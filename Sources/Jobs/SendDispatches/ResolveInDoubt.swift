import Dispatching
import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store

/// Resolves submissions in doubt by asking the provider for our own id.
struct ResolveInDoubt {
    /// How many are asked about in one run: each is a request or two.
    static let doubtsMax = 500

    let connection: Connection
    let provider: any MailProvider
    let context: RunContext

    struct Counts {
        var rescued = 0
        var found = 0
        var absent = 0
        var parked = 0
        var waiting = 0
        /// Why the provider could not be asked; what it is asked about waits for the next run.
        var trouble: ProviderError?
    }

    func run() throws -> Counts {
        var counts = Counts()
        let policy = context.settings.sendPolicy
        let leases = DispatchLeases(connection)
        counts.rescued = try leases.rescueLost(
            tenantID: context.tenantID, graceSeconds: policy.graceSeconds,
            now: context.clock.now)
        for _ in 0..<Self.doubtsMax where !context.stop.isRequested {
            let doubts = try leases.claimDoubts(
                tenantID: context.tenantID, limit: 1,
                leaseSeconds: context.settings.send.leaseSeconds, now: context.clock.now)
            guard let doubt = doubts.first, let answer = answer(to: doubt, &counts) else { break }
            let change = policy.resolution(
                of: doubt.claim, answer: answer, policy: doubt.policy, now: context.clock.now)
            note(change, in: &counts)
            try RecordOutcomes(connection: connection, provider: provider.name)
                .record([change], now: context.clock.now)
        }
        return counts
    }

    /// What the provider says; nil where it can't be asked now: the doubt stays until next time.
    private func answer(
        to doubt: DispatchLeases.Doubt, _ counts: inout Counts
    ) -> LookupAnswer? {
        do {
            return try provider.lookUp(doubt.query)
        } catch {
            counts.trouble = error as? ProviderError
            context.log.warning(
                "doubt not resolved",
                metadata: [
                    "tenant": "\(doubt.claim.tenantID)", "dispatch": "\(doubt.claim.dispatchID)",
                    "reason": "\(error)",
                ])
            return nil
        }
    }

    private func note(_ change: DispatchChange, in counts: inout Counts) {
        switch change.attempt {
        case .found: counts.found += 1
        case .absent: counts.absent += 1
        case .parked: counts.parked += 1
        default: counts.waiting += 1
        }
        context.log.info(
            "doubt resolved",
            metadata: [
                "tenant": "\(change.claim.tenantID)", "dispatch": "\(change.claim.dispatchID)",
                "answer": "\(change.attempt?.rawValue ?? "")",
            ])
    }
}
