import FoundationEssentials
import Invoicing
import Store

/// Invoices that are there and can't be read back: each a failed dispatch that says why.
struct UnreadableInvoices {
    let dispatching: DispatchingContext

    /// To be called in a transaction.
    func fail(_ key: (tenantID: Int64, invoiceID: UUID), _ fault: Fault) throws -> GenerateCounts {
        var counts = GenerateCounts()
        counts.errors = 1
        let connection = dispatching.connection
        guard let head = try InvoiceReader(connection).head(key) else { return counts }
        let new = Dispatches.New(
            tenantID: key.tenantID, dispatchID: UUID(), purpose: .invoice,
            documentType: head.documentType, invoiceID: key.invoiceID, createdBy: head.createdBy,
            recipient: nil, runAt: dispatching.now,
            content: .faults([fault], message: FaultMessage.text(of: [fault])))
        try DispatchWriter(connection: connection, now: dispatching.now).write([
            ComposedDispatch(new: new, files: [], documents: [], faults: [fault])
        ])
        counts.failed = 1
        return counts
    }
}
