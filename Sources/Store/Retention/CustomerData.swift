package import Postgres

/// All that is stored about a customer, whatever table it stands in.
package struct CustomerData {
    package let connection: Connection
    let tenantID: Int64
    let number: String

    package init(_ connection: Connection, tenantID: Int64, number: String) {
        (self.connection, self.tenantID, self.number) = (connection, tenantID, number)
    }

    /// What of a row leads to the customer.
    private enum Link {
        case customer, agreement, invoice, dispatch, address, file, audit
    }

    /// Every table with something about a customer, in the order in which it is exported.
    private static let links: KeyValuePairs<String, Link> = [
        "customer": .customer, "customer_recipient": .customer, "recurring_invoice": .customer,
        "recurring_invoice_line": .agreement, "recurring_invoice_attachment": .agreement,
        "price_index_clause": .agreement, "price_notice": .agreement,
        "skipped_period": .agreement, "invoice": .invoice, "invoice_line": .invoice,
        "invoice_vat": .invoice, "invoice_attachment": .invoice, "document": .invoice,
        "imported_invoice": .invoice, "automatic_dispatch": .invoice, "dispatch": .dispatch,
        "dispatch_message": .dispatch, "dispatch_attachment": .dispatch,
        "dispatch_letter": .dispatch, "dispatch_fault": .dispatch, "dispatch_step": .dispatch,
        "dispatch_queue": .dispatch, "dispatch_lease": .dispatch, "dispatch_outbox": .dispatch,
        "ongoing_dispatch": .dispatch, "attempt": .dispatch, "delivery_event": .dispatch,
        "unread_report": .dispatch, "notification": .dispatch, "todo": .dispatch,
        "suppression": .address, "audit": .audit, "file_content": .file,
    ]

    /// The tables that are exported.
    package static var tables: [String] { links.map(\.key) }

    /// The tables with nothing about a customer: the company's own set-up, and the installation.
    package static let others = [
        "app_user", "awaited_approval", "database_identity", "exchange_rate", "form_setup",
        "form_template", "generated_day", "installation", "job_run", "logo_drawing", "mark_key",
        "number_series", "poll_cursor", "price_index_value", "provider_memory", "provider_pause",
        "recovery", "schema_migration", "send_plan", "send_plan_step", "send_rate", "sender_mark",
        "tenant", "tenant_control", "tenant_day", "tenant_night", "vat_rate",
    ]

    /// Whether there is such a customer.
    package func exists() throws -> Bool {
        try connection.total(
            "SELECT FROM customer WHERE tenant_id = \(tenantID) AND customer_number = \(number)")
            > 0
    }

    /// The rows of each table as a JSON array of objects, by the names of their columns.
    package func export() throws -> [(table: String, rows: String)] {
        try Self.links.map { table, link in
            let rows = try connection.first(
                """
                SELECT coalesce(jsonb_agg(\(Self.shown(link))), '[]')::text AS rows
                FROM \(Query(stringLiteral: table)) AS x WHERE \(condition(table, link))
                """
            ) { try $0["rows"] as String }
            return (table, rows ?? "[]")
        }
    }

    /// Files are written in base64, all else as PostgreSQL has it.
    private static func shown(_ link: Link) -> Query {
        guard case .file = link else { return "to_jsonb(x) - 'tenant_id'" }
        return """
            jsonb_build_object('sha256', encode(x.sha256, 'hex'), 'byte_count', x.byte_count,
                'content', translate(encode(x.content, 'base64'), E'\\n', ''))
            """
    }

    private func condition(_ table: String, _ link: Link) -> Query {
        let own: Query = "x.tenant_id = \(tenantID)"
        return switch link {
        case .customer: own + " AND x.customer_number = \(number)"
        case .agreement: own + " AND x.recurring_invoice_number IN (\(agreements))"
        case .invoice: own + " AND x.invoice_id IN (\(invoices))"
        case .dispatch where table == "delivery_event":
            """
            (\(own) AND x.dispatch_id IN (\(dispatches)))
                OR (x.tenant_id = 0 AND x.recipient_key IN (\(addresses)))
            """
        case .dispatch: own + " AND x.dispatch_id IN (\(dispatches))"
        case .address: "x.address_key IN (\(addresses))"
        case .file: own + " AND x.sha256 IN (\(files))"
        case .audit:
            """
            x.tenant_id IN (0, \(tenantID)) AND (x.subject IN (
                    SELECT d.dispatch_id::text FROM (\(dispatches)) AS d
                    UNION SELECT r.recurring_invoice_number FROM (\(agreements)) AS r)
                OR (x.tenant_id = \(tenantID) AND x.subject = 'customer ' || \(number))
                OR lower(x.subject) IN (\(addresses)))
            """
        }
    }

    var agreements: Query {
        """
        SELECT r.recurring_invoice_number FROM recurring_invoice AS r
        WHERE r.tenant_id = \(tenantID) AND r.customer_number = \(number)
        """
    }

    var invoices: Query {
        """
        SELECT i.invoice_id FROM invoice AS i
        WHERE i.tenant_id = \(tenantID) AND (i.customer_number = \(number)
            OR i.recurring_invoice_number IN (\(agreements)))
        """
    }

    var dispatches: Query {
        """
        SELECT d.dispatch_id FROM dispatch AS d
        WHERE d.tenant_id = \(tenantID) AND (d.invoice_id IN (\(invoices))
            OR d.recurring_invoice_number IN (\(agreements)))
        """
    }

    /// All addresses that are or were the customer's, in lower case.
    var addresses: Query {
        """
        SELECT lower(c.email) FROM customer AS c
        WHERE c.tenant_id = \(tenantID) AND c.customer_number = \(number) AND c.email IS NOT NULL
        UNION SELECT lower(a.address) FROM customer AS c CROSS JOIN unnest(c.copies) AS a (address)
        WHERE c.tenant_id = \(tenantID) AND c.customer_number = \(number)
        UNION SELECT lower(r.email) FROM customer_recipient AS r
        WHERE r.tenant_id = \(tenantID) AND r.customer_number = \(number)
        UNION SELECT d.recipient_key FROM dispatch AS d
        WHERE d.tenant_id = \(tenantID) AND d.recipient_key IS NOT NULL
            AND d.dispatch_id IN (\(dispatches))
        """
    }

    private var files: Query {
        """
        SELECT f.sha256 FROM document AS f
        WHERE f.tenant_id = \(tenantID) AND f.invoice_id IN (\(invoices))
        UNION SELECT f.sha256 FROM invoice_attachment AS f
        WHERE f.tenant_id = \(tenantID) AND f.invoice_id IN (\(invoices))
        UNION SELECT f.sha256 FROM dispatch_attachment AS f
        WHERE f.tenant_id = \(tenantID) AND f.dispatch_id IN (\(dispatches))
        UNION SELECT f.sha256 FROM recurring_invoice_attachment AS f
        WHERE f.tenant_id = \(tenantID) AND f.recurring_invoice_number IN (\(agreements))
        """
    }
}
