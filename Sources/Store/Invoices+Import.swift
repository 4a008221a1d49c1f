package import FoundationEssentials
import Postgres

extension Invoices {
    /// Lets an invoice go out by itself.
    package func queueAutomatic(tenantID: Int64, invoiceID: UUID) throws {
        try connection.execute(
            """
            INSERT INTO automatic_dispatch (tenant_id, invoice_id)
            VALUES (\(tenantID), \(invoiceID)) ON CONFLICT DO NOTHING
            """)
    }
}
