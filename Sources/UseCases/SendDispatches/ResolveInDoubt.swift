import Dispatching
import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store

/// Resolves submissions in doubt by looking up our own ids at the provider, many at once.
struct ResolveInDoubt {
    /// How many are looked up in one run, and how many at once.
    static let doubtsMax = 5_000
    static let batchMax = 100

    let connection: Connection
    let provider: any MailProvider
    let context: RunContext

    struct Counts {
        var rescued = 0
        var found = 0
        var absent = 0
        var parked = 0
        var waiting = 0
        var givenUp = 0
        /// Could not be looked up now: they wait for the next run.
        var unanswered = 0
        /// The reason for the first of them.
        var trouble: ProviderError?
    }

    func run() throws -> Counts {
        var counts = Counts()
        let life = DispatchLife(connection)
        counts.rescued = try life.doubtLost(
            tenantID: context.tenantID, graceSeconds: context.settings.sendPolicy.graceSeconds)
        var left = Self.doubtsMax
        while left > 0, !context.stop.isRequested {
            let due = try life.claimDoubts(
                tenantID: context.tenantID, limit: min(left, Self.batchMax),
                leaseSeconds: context.settings.send.leaseSeconds)
            guard !due.isEmpty else { break }
            left -= due.count
            let unanswered = counts.unanswered
            try resolve(due, &counts)
            // A whole batch without an answer means that the provider can't be reached.
            if counts.unanswered - unanswered == due.count { break }
        }
        return counts
    }

    private func resolve(_ due: [DispatchLife.DueDoubt], _ counts: inout Counts) throws {
        var doubts: [DispatchLife.Doubt] = []
        var changes: [DispatchChange] = []
        for doubt in due {
            switch doubt {
            case .askable(let doubt): doubts.append(doubt)
            case .unreadable(let claim, let fault):
                changes.append(context.settings.sendPolicy.parked(claim, fault))
            }
        }
        let answers = provider.lookUp(doubts.map(\.query))
        for (doubt, answer) in zip(doubts, answers) {
            switch answer {
            case .success(let answer): changes.append(change(of: doubt, answer))
            case .failure(let error): report(error, of: doubt, &counts)
            }
        }
        for change in changes { count(change, in: &counts) }
        try OutcomeRecorder(connection: connection, provider: provider.name)
            .record(changes, now: context.clock.now)
    }

    private func change(of doubt: DispatchLife.Doubt, _ answer: LookupAnswer) -> DispatchChange {
        context.settings.sendPolicy.resolution(
            of: doubt.claim, answer: answer, ageSeconds: doubt.ageSeconds,
            policy: doubt.policy, decided: doubt.decided, now: context.clock.now,
            jitter: Double.random(in: 0..<1))
    }

    private func report(
        _ error: ProviderError, of doubt: DispatchLife.Doubt, _ counts: inout Counts
    ) {
        counts.unanswered += 1
        counts.trouble = counts.trouble ?? error
        context.log.warning(
            "doubt not resolved",
            metadata: [
                "tenant": "\(doubt.claim.tenantID)",
                "dispatch": "\(doubt.claim.dispatchID.uuidString.lowercased())",
                "reason": "\(error)",
            ])
    }

    private func count(_ change: DispatchChange, in counts: inout Counts) {
        switch (change.arrow, change.attempt) {
        case (.giveUp, _): counts.givenUp += 1
        case (_, .found): counts.found += 1
        case (_, .absent): counts.absent += 1
        case (_, .parked): counts.parked += 1
        default: counts.waiting += 1
        }
        context.log.info(
            "doubt resolved",
            metadata: [
                "tenant": "\(change.claim.tenantID)",
                "dispatch": "\(change.claim.dispatchID.uuidString.lowercased())",
                "answer": "\(change.attempt?.rawValue ?? "")",
            ])
    }
}
