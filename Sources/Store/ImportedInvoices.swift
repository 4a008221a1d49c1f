package import FoundationEssentials
package import Invoicing
package import Postgres

/// The table imported_invoice: what an imported invoice is known by, however its seller is spelled.
package struct ImportedInvoices {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// An invoice's seller, kind, number and year of issue, in the one form that decides.
    package struct Identity: Hashable, Sendable {
        package var tenantID: Int64
        package var sellerKey: String
        package var type: DocumentType
        package var number: String
        package var issueYear: Int
        fileprivate var vatKey: String?
        fileprivate var hasOrganisation: Bool

        /// The series that the number is of: its seller's, of its year.
        package var series: String { "import:\(sellerKey)/\(issueYear)" }
    }

    /// Who a file's invoice is; the spellings are told apart in the schema's own functions, which
    /// the invoices that were there before them went through as well.
    package func identity(of invoice: Invoice, tenantID: Int64) throws -> Identity {
        let seller = try InvoiceJSON.party(invoice.seller)
        let identity = try connection.first(
            "SELECT seller_key, vat_key, has_organisation FROM seller_identity(\(seller))"
        ) { row in
            Identity(
                tenantID: tenantID, sellerKey: try row["seller_key"], type: invoice.type,
                number: invoice.number, issueYear: invoice.issueDate.year,
                vatKey: try row["vat_key"], hasOrganisation: try row["has_organisation"])
        }
        guard let identity else {
            throw PostgresError(.decoding, "a seller without an identity")
        }
        return identity
    }

    /// The invoice that was imported before under any spelling; nil where there is none.
    package func known(_ identity: Identity) throws -> Invoice? {
        guard let known = try knownID(identity) else { return nil }
        return try InvoiceReader(connection).read([(identity.tenantID, known)]).first?.invoice
    }

    /// Lets a known invoice go out otherwise from its next dispatch on; what is nil stays.
    package func redirect(
        _ identity: Identity, recipient: String?, planKey: String?
    ) throws {
        guard recipient != nil || planKey != nil, let known = try knownID(identity) else { return }
        try connection.execute(
            """
            UPDATE invoice SET recipient = coalesce(\(recipient), recipient),
                plan_key = coalesce(\(planKey), plan_key)
            WHERE tenant_id = \(identity.tenantID) AND invoice_id = \(known)
            """)
    }

    private func knownID(_ identity: Identity) throws -> UUID? {
        try connection.first(
            """
            SELECT invoice_id FROM imported_invoice
            WHERE tenant_id = \(identity.tenantID) AND document_type = \(identity.type)
                AND number = \(identity.number) AND issue_year = \(Int32(identity.issueYear))
                AND (seller_key = \(identity.sellerKey)
                    OR (vat_key = \(identity.vatKey)
                        AND NOT (has_organisation AND \(identity.hasOrganisation))))
            ORDER BY seller_key <> \(identity.sellerKey) LIMIT 1
            """
        ) { try $0["invoice_id"] }
    }

    /// Whether a document of this number was made here by a tenant that is the seller itself.
    package func isMadeHere(_ identity: Identity) throws -> Bool {
        try connection.first(
            """
            SELECT FROM invoice AS i
            CROSS JOIN LATERAL seller_identity(i.content -> 'seller') AS s
            WHERE i.tenant_id = \(identity.tenantID) AND i.series = \(NumberSeries.invoices)
                AND i.document_type = \(identity.type) AND i.number = \(identity.number)
                AND s.seller_key = \(identity.sellerKey)
            """
        ) { _ in true } ?? false
    }

    /// Keeps whose an invoice is that has been taken in.
    package func insert(_ identity: Identity, invoiceID: UUID) throws {
        try connection.execute(
            """
            INSERT INTO imported_invoice
                (tenant_id, seller_key, document_type, number, issue_year, vat_key,
                 has_organisation, invoice_id)
            VALUES (\(identity.tenantID), \(identity.sellerKey), \(identity.type),
                \(identity.number), \(Int32(identity.issueYear)), \(identity.vatKey),
                \(identity.hasOrganisation), \(invoiceID))
            """)
    }

    /// An invoice that is there twice, with the one that it repeats.
    package struct Double: Sendable {
        package var tenantID: Int64
        package var number: String
        package var issueDate: CivilDate
        package var buyerName: String
        package var payable: Money
        package var currency: String
        package var createdAt: Date
        package var invoiceID: UUID
        package var firstInvoiceID: UUID?
        package var isGoingOut: Bool
    }

    /// Those that were imported twice before spellings were told apart.
    package func doubles(tenantID: Int64?, limit: Int) throws -> [Double] {
        try connection.rows(
            """
            SELECT tenant_id, number, issue_date, buyer_name, payable, currency, created_at,
                invoice_id, first_invoice_id, is_going_out
            FROM double_invoice WHERE \(tenantID) IS NULL OR tenant_id = \(tenantID)
            ORDER BY tenant_id, number, created_at LIMIT \(limit)
            """
        ) { row in
            Double(
                tenantID: try row["tenant_id"], number: try row["number"],
                issueDate: try row["issue_date"], buyerName: try row["buyer_name"],
                payable: try row["payable"], currency: try row["currency"],
                createdAt: try row["created_at"], invoiceID: try row["invoice_id"],
                firstInvoiceID: try row["first_invoice_id"], isGoingOut: try row["is_going_out"])
        }
    }
}

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
