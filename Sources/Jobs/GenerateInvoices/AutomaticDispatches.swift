import FoundationEssentials
import Invoicing
import Postgres
import Runtime
import Store

/// Makes the dispatches of invoices that were made elsewhere: automatic dispatch.
struct AutomaticDispatches {
    let bench: Workbench

    func run(_ counts: inout GenerateCounts) throws {
        let batch = bench.context.settings.generate.batch
        try bench.logos.prepare(
            InvoiceReader(bench.connection).automaticTenants(tenantID: bench.context.tenantID))
        while !bench.context.stop.isRequested {
            let made: (taken: Int, counts: GenerateCounts) = try bench.transaction {
                let keys = try InvoiceReader(bench.connection).takeAutomatic(
                    tenantID: bench.context.tenantID, limit: batch)
                return (keys.count, try dispatch(keys))
            }
            counts.add(made.counts)
            guard made.taken == batch else { return }
        }
    }

    private func dispatch(
        _ keys: [(tenantID: Int64, invoiceID: UUID)]
    ) throws -> GenerateCounts {
        try bench.containing(keys) { keys in
            var counts = GenerateCounts()
            for composed in try InvoiceDispatching(bench: bench).dispatch(keys.map { .init($0) }) {
                counts.note(composed)
            }
            return counts
        } otherwise: { key, fault in
            try UnreadableInvoices(bench: bench).fail(key, fault)
        }.reduce(into: GenerateCounts()) { $0.add($1) }
    }
}
