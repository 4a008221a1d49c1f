package import FoundationEssentials
package import Invoicing
import Postgres

extension Invoices {
    /// An invoice that was imported before, or nil.
    package func imported(
        tenantID: Int64, series: String, type: DocumentType, number: String
    ) throws -> Invoice? {
        let known = try connection.first(
            """
            SELECT invoice_id FROM invoice
            WHERE tenant_id = \(tenantID) AND series = \(series)
                AND document_type = \(type.rawValue) AND number = \(number)
            """
        ) { try $0["invoice_id"] as UUID }
        guard let known else { return nil }
        return try InvoiceReader(connection).read([(tenantID, known)]).first?.invoice
    }

    /// Whether a document of this number was made here by a tenant that is the seller itself.
    package func isMadeHere(
        tenantID: Int64, type: DocumentType, number: String, sellerNumber: String?
    ) throws -> Bool {
        try connection.first(
            """
            SELECT FROM invoice AS i JOIN tenant AS t ON t.tenant_id = i.tenant_id
            WHERE i.tenant_id = \(tenantID) AND i.series NOT LIKE 'import:%'
                AND i.document_type = \(type.rawValue) AND i.number = \(number)
                AND t.organisation_number = \(sellerNumber)
            """
        ) { _ in true } ?? false
    }

    /// Lets an invoice go out by itself.
    package func queueAutomatic(tenantID: Int64, invoiceID: UUID) throws {
        try connection.execute(
            """
            INSERT INTO automatic_dispatch (tenant_id, invoice_id)
            VALUES (\(tenantID), \(invoiceID)) ON CONFLICT DO NOTHING
            """)
    }
}
