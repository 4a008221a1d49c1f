import Dispatching
import FoundationEssentials
import Postgres
import Store

/// Writes dispatches of invoices with all that belongs to them, and tells of those that failed: the
/// only code that does, for the night, automatic dispatches and resends.
///
/// To be called in a transaction, after the invoices that they are of.
struct DispatchWriter {
    let connection: Connection
    let now: Date

    func write(_ composed: [ComposedDispatch]) throws {
        try Files(connection).insert(composed.flatMap(\.files))
        try DocumentTable(connection).insert(composed.flatMap(\.documents), now: now)
        try Dispatches(connection).insert(composed.map(\.new), now: now)
        let failed = composed.filter(\.isFailed).map { ($0.new.tenantID, $0.new.dispatchID) }
        let notifications = Notifications(connection)
        _ = try notifications.ring(failed, kind: .failed, now: now)
        _ = try notifications.openTodos(failed, now: now)
    }
}
