import FoundationEssentials
import Invoicing
import Postgres
import Runtime
import Store

/// Looks again at dispatches that failed by prechecks, and notes what has been mended.
///
/// Nothing is sent by this: the user, who is told, creates the dispatch anew.
struct ResolvedFaults {
    static let batch = 200

    let dispatching: DispatchingContext

    func run(_ counts: inout GenerateCounts) throws {
        let faults = DispatchFaults(dispatching.connection)
        var position: (tenantID: Int64, dispatchID: UUID)?
        while !dispatching.context.stop.isRequested {
            let open = try faults.open(
                tenantID: dispatching.context.tenantID, after: position, limit: Self.batch)
            guard let last = open.last else { return }
            position = (last.tenantID, last.dispatchID)
            try dispatching.logos.prepare(Array(Set(open.map(\.tenantID))))
            guard !dispatching.context.stop.isRequested else { return }
            try dispatching.transaction { try recheckEach(open) }.forEach { counts.add($0) }
        }
    }

    /// What can't be read is a fault of its dispatch beside those that it has.
    private func recheckEach(_ open: [Dispatches.OfInvoice]) throws -> [GenerateCounts] {
        try dispatching.containing(open) { open in
            var counts = GenerateCounts()
            counts.mended = try recheck(open)
            return counts
        } otherwise: { dispatch, fault in
            try DispatchFaults(dispatching.connection).insert(
                [(dispatch.tenantID, dispatch.dispatchID, fault)], now: dispatching.now)
            var counts = GenerateCounts()
            counts.errors = 1
            return counts
        }
    }

    /// Composes what a batch was of anew, and keeps of each dispatch what it still lacks.
    private func recheck(_ open: [Dispatches.OfInvoice]) throws -> Int {
        // Several dispatches of one invoice to one recipient have the same faults.
        let composed = try InvoiceDispatching(dispatching: dispatching).compose(
            Array(Set(open.map { InvoiceDispatching.Order($0) })))
        let faults = Dictionary(
            composed.map { ($0.order, $0.dispatches.first?.faults ?? []) }
        ) { first, _ in first }
        let rechecked = open.compactMap { dispatch in
            faults[InvoiceDispatching.Order(dispatch)].map { (dispatch, faults: $0) }
        }
        let store = DispatchFaults(dispatching.connection)
        try store.insert(
            rechecked.flatMap { dispatch, faults in
                faults.map { (dispatch.tenantID, dispatch.dispatchID, $0) }
            }, now: dispatching.now)
        return try store.markResolved(
            rechecked.map { ($0.tenantID, $0.dispatchID, $1.map(\.code)) }, now: dispatching.now)
    }
}

extension InvoiceDispatching.Order {
    /// The same again, to whom it was.
    init(_ dispatch: Dispatches.OfInvoice) {
        self.init((dispatch.tenantID, dispatch.invoiceID), copyKey: dispatch.copyKey)
    }
}
