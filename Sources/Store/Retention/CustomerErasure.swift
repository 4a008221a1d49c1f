package import FoundationEssentials
package import Invoicing
package import Postgres

/// Takes away what is stored about a customer and need not be kept.
package struct CustomerErasure {
    private let connection: Connection
    private let tenantID: Int64
    private let number: String
    private let data: CustomerData

    package init(_ connection: Connection, tenantID: Int64, number: String) {
        (self.connection, self.tenantID, self.number) = (connection, tenantID, number)
        data = CustomerData(connection, tenantID: tenantID, number: number)
    }

    // MARK: What is in its way

    /// What the customer still has going on, as `agreement A1`; locks the customer, so that nothing
    /// new begins meanwhile.
    ///
    /// Accepted before `silentBefore` and not heard of since is over.
    package func ongoing(silentBefore: Date) throws -> [String] {
        _ = try connection.rows(
            """
            SELECT customer_number FROM customer
            WHERE tenant_id = \(tenantID) AND customer_number = \(number) FOR UPDATE
            """
        ) { try $0["customer_number"] as String }
        return try connection.rows(
            """
            SELECT 'agreement ' || r.recurring_invoice_number AS line FROM recurring_invoice AS r
            WHERE r.tenant_id = \(tenantID) AND r.customer_number = \(number) AND NOT r.ended
            UNION ALL
            SELECT 'invoice ' || i.number || ', which is to go out' FROM automatic_dispatch AS a
            JOIN invoice AS i ON i.tenant_id = a.tenant_id AND i.invoice_id = a.invoice_id
            WHERE a.tenant_id = \(tenantID) AND a.invoice_id IN (\(data.invoices))
            UNION ALL
            SELECT 'dispatch ' || d.dispatch_id::text || ', which is ongoing' FROM dispatch AS d
            WHERE d.tenant_id = \(tenantID) AND d.dispatch_id IN (\(data.dispatches))
                AND d.finalized_at IS NULL AND d.pruned_at IS NULL
                AND (d.state <> 'sent' OR d.sent_at >= \(silentBefore))
            ORDER BY 1
            """
        ) { try $0["line"] }
    }

    // MARK: What goes

    /// Empties the customer's own rows, and returns how many were changed or deleted: first what
    /// the others are found by.
    package func eraseOwn() throws -> Int {
        try [orphans, liftedBlocks, recipients, lines, agreements, customer]
            .reduce(0) { try $0 + changed($1) }
    }

    private func changed(_ statement: Query) throws -> Int {
        try connection.rows(statement) { _ in () }.count
    }

    private var orphans: Query {
        """
        DELETE FROM delivery_event WHERE tenant_id = 0 AND recipient_key IN (\(data.addresses))
        RETURNING 1 AS one
        """
    }

    private var liftedBlocks: Query {
        """
        DELETE FROM suppression
        WHERE lifted_at IS NOT NULL AND address_key IN (\(data.addresses))
        RETURNING 1 AS one
        """
    }

    private var recipients: Query {
        """
        DELETE FROM customer_recipient
        WHERE tenant_id = \(tenantID) AND customer_number = \(number) RETURNING 1 AS one
        """
    }

    private var lines: Query {
        """
        DELETE FROM recurring_invoice_line
        WHERE tenant_id = \(tenantID) AND recurring_invoice_number IN (\(data.agreements))
        RETURNING 1 AS one
        """
    }

    private var agreements: Query {
        """
        UPDATE recurring_invoice
        SET our_reference = NULL, your_reference = NULL, purchase_order = NULL, introduction = NULL
        WHERE tenant_id = \(tenantID) AND customer_number = \(number)
            AND num_nonnulls(our_reference, your_reference, purchase_order, introduction) > 0
        RETURNING 1 AS one
        """
    }

    private var customer: Query {
        """
        UPDATE customer
        SET name = '', email = NULL, copies = '{}', organisation_number = NULL, street = NULL,
            postal_code = NULL, city = NULL, buyer_reference = NULL, endpoint = NULL
        WHERE tenant_id = \(tenantID) AND customer_number = \(number)
            AND (name <> '' OR cardinality(copies) > 0 OR num_nonnulls(email, organisation_number,
                street, postal_code, city, buyer_reference, endpoint) > 0)
        RETURNING 1 AS one
        """
    }

    /// Closes the open to-dos of the customer's dispatches, and returns how many it were.
    package func closeTodos(by actor: String, now: Date) throws -> Int {
        try changed(
            """
            UPDATE todo SET closed_at = \(now), closed_by = \(actor)
            WHERE tenant_id = \(tenantID) AND closed_at IS NULL
                AND dispatch_id IN (\(data.dispatches))
            RETURNING 1 AS one
            """)
    }

    /// Takes away the addresses that invoices which are kept were sent to.
    package func forgetRecipients() throws -> Int {
        try changed(
            """
            UPDATE invoice SET recipient = NULL
            WHERE tenant_id = \(tenantID) AND recipient IS NOT NULL
                AND invoice_id IN (\(data.invoices))
            RETURNING 1 AS one
            """)
    }

    /// Lets all mails go, whatever their age.
    package func eraseMails(now: Date) throws -> PrunedBatch {
        try MailPruning(connection).letGo(
            """
            SELECT d.tenant_id, d.dispatch_id, d.created_at, d.invoice_id FROM dispatch AS d
            WHERE d.tenant_id = \(tenantID) AND d.dispatch_id IN (\(data.dispatches))
                AND d.pruned_at IS NULL
            ORDER BY d.tenant_id, d.created_at, d.dispatch_id FOR UPDATE OF d
            """, now: now)
    }

    /// Lets the invoices go that need no longer be kept.
    package func eraseInvoices(issuedThrough day: CivilDate, now: Date) throws -> PrunedBatch {
        try InvoicePruning(connection).letGo(
            """
            SELECT i.tenant_id, i.invoice_id, i.issue_date FROM invoice AS i
            WHERE i.tenant_id = \(tenantID) AND i.invoice_id IN (\(data.invoices))
                AND i.pruned_at IS NULL AND i.issue_date <= \(day)
            ORDER BY i.tenant_id, i.issue_date, i.invoice_id FOR UPDATE OF i
            """, now: now)
    }

    /// Takes away the files of the customer's agreements, once nothing else refers to them, and
    /// returns how many it were.
    package func eraseAttachments() throws -> Int {
        let files = try connection.rows(
            """
            DELETE FROM recurring_invoice_attachment
            WHERE tenant_id = \(tenantID) AND recurring_invoice_number IN (\(data.agreements))
            RETURNING tenant_id, sha256
            """
        ) { ReleasedFile(tenantID: try $0["tenant_id"], sha256: try $0["sha256"]) }
        var batch = PrunedBatch(count: files.count, rows: [:])
        try batch.deleteUnused(files, connection)
        return batch.count
    }

    // MARK: What stays

    /// The days on which invoices were issued that are kept, with how many, oldest first.
    package func keptInvoices() throws -> [(issuedOn: CivilDate, count: Int)] {
        try connection.rows(
            """
            SELECT issue_date, count(*) AS count FROM invoice
            WHERE tenant_id = \(tenantID) AND pruned_at IS NULL
                AND invoice_id IN (\(data.invoices))
            GROUP BY 1 ORDER BY 1
            """
        ) { (try $0["issue_date"], try $0["count"]) }
    }

    /// How many of the customer's addresses are blocked.
    package func blocks() throws -> Int {
        try connection.total(
            """
            SELECT FROM suppression
            WHERE lifted_at IS NULL AND address_key IN (\(data.addresses))
            """)
    }
}
