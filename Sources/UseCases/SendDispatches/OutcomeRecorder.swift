import Bounces
import Dispatching
import FoundationEssentials
import Invoicing
import Postgres
import Runtime
import Store

/// Writes outcomes and notifies users of the failures among them, a batch per transaction.
struct OutcomeRecorder {
    typealias Queue = BoundedQueue<DispatchChange>

    /// How long outcomes wait for others to be written with, in seconds.
    private static let companySeconds = 0.5

    let connection: Connection
    let provider: String

    /// Records what the queue delivers until it is closed.
    func run(from queue: Queue, batch: Int, clock: RunClock) throws {
        while let changes = try queue.takeAll(most: batch, within: Self.companySeconds) {
            do {
                try record(changes, now: clock.now)
            } catch let error as PostgresError where error.isStopped {
                // A stop interrupted the wait; known outcomes are written before the program ends.
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

    /// Cancels dispatches that would wait to be sent again but were cancelled in the meantime.
    ///
    /// The provider did not accept them; the history keeps what happened to the attempt.
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
    /// The notification for a failure.
    fileprivate var notification: Notifications.Kind {
        switch delivery {
        case .hardBounced: .hardBounced
        case .softBounced: .softBounced
        case .blocked: .blocked
        case .unknown, .deferred, .delivered: .failed
        }
    }
}
