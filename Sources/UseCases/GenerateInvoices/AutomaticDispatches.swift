import FoundationEssentials
import Invoicing
import Postgres
import Runtime
import Store

/// Makes the dispatches of invoices that were made elsewhere: automatic dispatch.
struct AutomaticDispatches {
    let dispatching: DispatchingContext

    func run(_ counts: inout GenerateCounts) throws {
        let batch = dispatching.context.settings.generate.batch
        try dispatching.logos.prepare(
            InvoiceReader(dispatching.connection).automaticTenants(
                tenantID: dispatching.context.tenantID))
        while !dispatching.context.stop.isRequested {
            let made: (taken: Int, counts: GenerateCounts) = try dispatching.transaction {
                let keys = try InvoiceReader(dispatching.connection).takeAutomatic(
                    tenantID: dispatching.context.tenantID, limit: batch)
                return (keys.count, try dispatch(keys))
            }
            counts.add(made.counts)
            guard made.taken == batch else { return }
        }
    }

    private func dispatch(
        _ keys: [(tenantID: Int64, invoiceID: UUID)]
    ) throws -> GenerateCounts {
        try dispatching.containing(keys) { keys in
            var counts = GenerateCounts()
            for composed in try InvoiceDispatching(dispatching: dispatching).dispatch(
                keys.map { .init($0) })
            {
                counts.note(composed)
            }
            return counts
        } otherwise: { key, fault in
            try UnreadableInvoices(dispatching: dispatching).fail(key, fault)
        }.reduce(into: GenerateCounts()) { $0.add($1) }
    }
}
