import Dispatching
import FoundationEssentials
import Invoicing
import Postgres
import Store

/// Writes outcomes and tells people of the failures among them, in one transaction.
struct RecordOutcomes {
    let connection: Connection
    let provider: String

    func record(_ changes: [DispatchChange], now: Date) throws {
        try connection.retrying {
            try connection.transaction {
                let changes = try honouringWishes(changes)
                let written = try DispatchOutcomes(connection).record(
                    changes, provider: provider, now: now)
                let failures = changes.filter {
                    $0.isFailure && written.contains($0.claim.dispatchID)
                }
                try tell(failures, now: now)
            }
        }
    }

    /// Ends what would wait to be sent again, where somebody cancelled it meanwhile.
    ///
    /// The provider did not take it; the history keeps what happened to the attempt.
    private func honouringWishes(_ changes: [DispatchChange]) throws -> [DispatchChange] {
        let wished = try DispatchCancellation(connection).lockWished(
            changes.filter { $0.state == .queued }.map(\.key))
        guard !wished.isEmpty else { return changes }
        return changes.map { change in
            guard wished.contains(change.claim.dispatchID) else { return change }
            return DispatchChange(
                claim: change.claim, state: .cancelled, message: "Cancelled",
                attempt: change.attempt, detail: change.detail)
        }
    }

    private func tell(_ failures: [DispatchChange], now: Date) throws {
        let notifications = Notifications(connection)
        let kinds = Dictionary(grouping: failures, by: \.notification)
        for kind in Notifications.Kind.allCases {
            _ = try notifications.ring((kinds[kind] ?? []).map(\.key), kind: kind, now: now)
        }
        _ = try notifications.openTodos(failures.map(\.key), now: now)
    }
}

extension DispatchChange {
    /// The dispatch that it is about.
    var key: (tenantID: Int64, dispatchID: UUID) {
        (claim.tenantID, claim.dispatchID)
    }

    /// What the user is told of a failure.
    var notification: Notifications.Kind {
        switch delivery {
        case .hardBounced: .hardBounced
        case .softBounced: .softBounced
        case .blocked: .blocked
        case .unknown, .deferred, .delivered: .failed
        }
    }
}
