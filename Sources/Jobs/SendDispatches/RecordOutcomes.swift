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
        let blocked = failures.filter { $0.delivery == .blocked }.map(\.key)
        let failed = failures.filter { $0.delivery != .blocked }.map(\.key)
        _ = try notifications.ring(blocked, kind: .blocked, now: now)
        _ = try notifications.ring(failed, kind: .failed, now: now)
        _ = try notifications.openTodos(blocked + failed, now: now)
    }
}

extension DispatchChange {
    /// The dispatch that it is about.
    var key: (tenantID: Int64, dispatchID: UUID) {
        (claim.tenantID, claim.dispatchID)
    }
}
