package import FoundationEssentials
package import Invoicing
package import Postgres

/// The table imported_invoice: the identities of imported invoices, however their sellers are
/// spelled.
package struct ImportedInvoices {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// An invoice's seller, kind, number and year of issue, in normalised form.
    package struct Identity: Hashable, Sendable {
        package var tenantID: Int64
        /// The seller, normalised.
        package var sellerKey: String
        package var type: DocumentType
        /// The invoice number, normalised.
        package var number: String
        package var issueYear: Int
        fileprivate var vatKey: String?
        fileprivate var hasOrganisation: Bool

        /// The series of the number: that of its seller and year.
        package var series: String { "import:\(sellerKey)/\(issueYear)" }
    }

    /// The identity of an invoice from a file; the schema's own functions normalise it, as they did
    /// for invoices imported before them.
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

    /// Changes how a known invoice goes out, from its next dispatch on; nil leaves a value
    /// unchanged.
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

    /// Whether a document with this number was made here by a tenant that is the seller itself.
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

    /// Records the identity of an imported invoice.
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

    /// An invoice that was imported twice, with the one that it repeats.
    package struct Double: Sendable {
        package var tenantID: Int64
        package var number: String
        package var issueDate: CivilDate
        package var buyerName: String
        package var payable: Money
        /// The ISO 4217 code.
        package var currency: String
        package var createdAt: Date
        package var invoiceID: UUID
        /// The invoice that it repeats; nil where that can't be determined.
        package var firstInvoiceID: UUID?
        /// Whether a dispatch of it is still in progress.
        package var isGoingOut: Bool
    }

    /// How many invoices were imported twice, without a limit.
    package func doubleCount(tenantID: Int64?) throws -> Int {
        try connection.total(
            """
            SELECT FROM double_invoice WHERE \(tenantID) IS NULL OR tenant_id = \(tenantID)
            """)
    }

    /// Those that were imported twice before spellings were normalised.
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
    /// Marks an invoice for automatic dispatch.
    package func queueAutomatic(tenantID: Int64, invoiceID: UUID) throws {
        try connection.execute(
            """
            INSERT INTO automatic_dispatch (tenant_id, invoice_id)
            VALUES (\(tenantID), \(invoiceID)) ON CONFLICT DO NOTHING
            """)
    }
}
