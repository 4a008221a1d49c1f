import FoundationEssentials
import Invoicing
import Logging
import Postgres
import Runtime
import Store

extension DispatchingContext {
    /// Processes items together; if a row of one can't be read or written, each individually.
    ///
    /// Each attempt is a savepoint, so that a bad row becomes a fault of its item and affects
    /// nothing else. To be called in a transaction. An error that is no fault of a row is thrown,
    /// and so is a conflict with a dispatch that another run has created under the same id, after
    /// which the whole is retried.
    func containing<Item, Result>(
        _ items: [Item], _ deal: ([Item]) throws -> Result,
        otherwise park: (Item, Fault) throws -> Result
    ) throws -> [Result] {
        guard let first = items.first else { return [] }
        do {
            return [try connection.savepoint { try deal(items) }]
        } catch {
            guard (error as? PostgresError)?.constraint != "dispatch_pk",
                let fault = try UnreadableRow(connection).fault(error)
            else { throw error }
            guard items.count == 1 else {
                return try items.flatMap { try containing([$0], deal, otherwise: park) }
            }
            context.log.error(
                "a row can't be read or written", metadata: ["row": "\(fault.detail)"])
            return [try park(first, fault)]
        }
    }
}

/// Invoices that exist but can't be read back: each becomes a failed dispatch that says why.
struct UnreadableInvoices {
    let dispatching: DispatchingContext

    /// Creates the failed dispatch; to be called in a transaction.
    func fail(_ key: (tenantID: Int64, invoiceID: UUID), _ fault: Fault) throws -> GenerateCounts {
        var counts = GenerateCounts()
        counts.errors = 1
        let connection = dispatching.connection
        guard let head = try InvoiceReader(connection).head(key) else { return counts }
        let new = Dispatches.New(
            tenantID: key.tenantID, dispatchID: UUID(), purpose: .invoice,
            document: .init(head.documentType), invoiceID: key.invoiceID, createdBy: head.createdBy,
            recipient: nil, runAt: dispatching.now,
            content: .faults([fault], message: FaultMessage.text(of: [fault])))
        try DispatchWriter(connection: connection, now: dispatching.now).write([
            ComposedDispatch(new: new, files: [], documents: [], faults: [fault])
        ])
        counts.failed = 1
        return counts
    }
}
