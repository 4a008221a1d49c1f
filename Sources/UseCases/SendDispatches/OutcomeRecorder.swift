import Bounces
import Dispatching
import FoundationEssentials
import Invoicing
import Postgres
import Runtime
import Store

/// Writes outcomes and tells people of the failures among them, a batch in a transaction.
struct OutcomeRecorder {
    typealias Queue = BoundedQueue<DispatchChange>

    /// Outcomes wait for company, but no longer than this.
    private static let companySeconds = 0.5

    let connection: Connection
    let provider: String

    /// Records what comes out of the queue until it is closed.
    func run(from queue: Queue, batch: Int, clock: RunClock) throws {
        while let changes = try queue.takeAll(most: batch, within: Self.companySeconds) {
            do {
                try record(changes, now: clock.now)
            } catch let error as PostgresError where error.isStopped {
                // A stop cut a wait short; what is known is written before the program ends.
                try record(changes, now: clock.now)
            }
            queue.free(changes.count)
        }
    }

    func record(_ changes: [DispatchChange], now: Date) throws {
        try connection.retrying {
            try connection.transaction {
                let changes = try applyCancelRequests(changes)
                let written = try DispatchLife(connection).record(
                    changes, provider: provider, now: now)
                let failures = changes.filter {
                    $0.isFailure && written.contains($0.claim.dispatchID)
                }
                try notify(failures, now: now)
            }
        }
    }

    /// Ends what would wait to be sent again, where somebody cancelled it meanwhile.
    ///
    /// The provider did not take it; the history keeps what happened to the attempt.
    private func applyCancelRequests(_ changes: [DispatchChange]) throws -> [DispatchChange] {
        let cancelRequested = try DispatchLife(connection).lockCancelRequested(
            changes.filter { $0.state == .queued }.map(\.key))
        guard !cancelRequested.isEmpty else { return changes }
        return changes.map { change in
            guard cancelRequested.contains(change.claim.dispatchID) else { return change }
            return DispatchChange(
                claim: change.claim, arrow: .cancel, message: "Cancelled",
                attempt: change.attempt, detail: change.detail)
        }
    }

    private func notify(_ failures: [DispatchChange], now: Date) throws {
        let notifications = Notifications(connection)
        let kinds = Dictionary(grouping: failures, by: \.notification)
        for kind in Notifications.Kind.allCases {
            _ = try notifications.notify((kinds[kind] ?? []).map(\.key), kind: kind, now: now)
        }
        _ = try notifications.openTodos(failures.map(\.key), now: now)
    }
}

extension DispatchChange {
    /// What the user is told of a failure.
    fileprivate var notification: Notifications.Kind {
        switch delivery {
        case .hardBounced: .hardBounced
        case .softBounced: .softBounced
        case .blocked: .blocked
        case .unknown, .deferred, .delivered: .failed
        }
    }
}
