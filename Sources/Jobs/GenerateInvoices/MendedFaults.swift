import FoundationEssentials
import Invoicing
import Postgres
import Runtime
import Store

/// Looks again at dispatches that failed by prechecks, and notes what has been mended.
///
/// Nothing is sent by this: the user, who is told, creates the dispatch anew.
struct MendedFaults {
    static let batch = 200

    let bench: Workbench

    func run(_ counts: inout GenerateCounts) throws {
        let faults = DispatchFaults(bench.connection)
        var position: (tenantID: Int64, dispatchID: UUID)?
        while !bench.context.stop.isRequested {
            let open = try faults.open(
                tenantID: bench.context.tenantID, after: position, limit: Self.batch)
            guard let last = open.last else { return }
            position = (last.tenantID, last.dispatchID)
            counts.mended += try bench.transaction {
                try open.reduce(0) { try $0 + recheck($1) }
            }
        }
    }

    private func recheck(
        _ open: (tenantID: Int64, dispatchID: UUID, invoiceID: UUID)
    ) throws -> Int {
        let composed = try InvoiceDispatching(bench: bench).compose(
            [(open.tenantID, open.invoiceID)])
        guard let faults = composed.first?.faults else { return 0 }
        let store = DispatchFaults(bench.connection)
        try store.insert(
            faults.map { (open.tenantID, open.dispatchID, $0) }, now: bench.now)
        return try store.markMended(
            tenantID: open.tenantID, dispatchID: open.dispatchID, except: faults.map(\.code),
            now: bench.now)
    }
}
