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
            try bench.logos.prepare(Array(Set(open.map(\.tenantID))))
            guard !bench.context.stop.isRequested else { return }
            try bench.transaction { try recheckEach(open) }.forEach { counts.add($0) }
        }
    }

    /// What can't be read is a fault of its dispatch beside those that it has.
    private func recheckEach(_ open: [Dispatches.OfInvoice]) throws -> [GenerateCounts] {
        try bench.containing(open) { open in
            var counts = GenerateCounts()
            counts.mended = try recheck(open)
            return counts
        } otherwise: { dispatch, fault in
            try DispatchFaults(bench.connection).insert(
                [(dispatch.tenantID, dispatch.dispatchID, fault)], now: bench.now)
            var counts = GenerateCounts()
            counts.errors = 1
            return counts
        }
    }

    /// Composes what a batch was of anew, and keeps of each dispatch what it still lacks.
    private func recheck(_ open: [Dispatches.OfInvoice]) throws -> Int {
        // Several dispatches of one invoice to one recipient have the same faults.
        let composed = try InvoiceDispatching(bench: bench).compose(
            Array(Set(open.map { InvoiceDispatching.Order($0) })))
        let faults = Dictionary(
            composed.map { ($0.order, $0.dispatches.first?.faults ?? []) }
        ) { first, _ in first }
        let rechecked = open.compactMap { dispatch in
            faults[InvoiceDispatching.Order(dispatch)].map { (dispatch, faults: $0) }
        }
        let store = DispatchFaults(bench.connection)
        try store.insert(
            rechecked.flatMap { dispatch, faults in
                faults.map { (dispatch.tenantID, dispatch.dispatchID, $0) }
            }, now: bench.now)
        return try store.markMended(
            rechecked.map { ($0.tenantID, $0.dispatchID, $1.map(\.code)) }, now: bench.now)
    }
}

extension InvoiceDispatching.Order {
    /// The same again, to whom it was.
    init(_ dispatch: Dispatches.OfInvoice) {
        self.init((dispatch.tenantID, dispatch.invoiceID), copyKey: dispatch.copyKey)
    }
}
