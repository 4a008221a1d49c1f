package import Dispatching
package import FoundationEssentials
import Postgres

extension Dispatches {
    /// A failed dispatch for a period that could not become an invoice.
    package struct FailedPeriod: Hashable, Sendable {
        package var key: AgreementKey
        package var period: Int
        package var dispatchID: UUID
        /// The first dispatch of its chain.
        package var rootID: UUID
    }

    /// The failed dispatches for periods of these agreements that have no invoice yet.
    package func failedPeriods(
        _ keys: [AgreementKey]
    ) throws -> [FailedPeriod] {
        guard !keys.isEmpty else { return [] }
        return try connection.rows(
            """
            SELECT d.tenant_id, d.recurring_invoice_number, d.period_number, d.dispatch_id,
                d.root_id
            FROM \(keys.table("k"))
            JOIN dispatch AS d ON d.tenant_id = k.tenant_id
                AND d.recurring_invoice_number = k.number
            WHERE d.invoice_id IS NULL AND d.purpose = 'invoice'
            """
        ) { row in
            FailedPeriod(
                key: AgreementKey(try row["tenant_id"], try row["recurring_invoice_number"]),
                period: try row["period_number"], dispatchID: try row["dispatch_id"],
                rootID: try row["root_id"])
        }
    }

    /// The recipients of dispatches as they were entered, by dispatch.
    package func recipients(
        of keys: [DispatchKey]
    ) throws -> [UUID: String] {
        guard !keys.isEmpty else { return [:] }
        let rows: [(id: UUID, recipient: String)] = try connection.rows(
            """
            SELECT d.dispatch_id, d.recipient
            FROM \(keys.table("k"))
            JOIN dispatch AS d
                ON d.tenant_id = k.tenant_id AND d.dispatch_id = k.dispatch_id
            WHERE d.recipient IS NOT NULL
            """
        ) { (id: try $0["dispatch_id"], recipient: try $0["recipient"]) }
        return Dictionary(
            rows.map { ($0.id, $0.recipient) }, uniquingKeysWith: { first, _ in first })
    }

    /// The recipients of copies of these invoices, sent or not: addresses in lower case.
    package func copyKeys(
        ofInvoices keys: [(tenantID: Int64, invoiceID: UUID)]
    ) throws -> [UUID: Set<String>] {
        guard !keys.isEmpty else { return [:] }
        var found: [UUID: Set<String>] = [:]
        let rows: RowSet = "tenant_id \(keys.map(\.tenantID)), invoice_id \(keys.map(\.invoiceID))"
        try connection.rows(
            """
            SELECT d.invoice_id, d.recipient_key
            FROM \(rows.table("k"))
            JOIN dispatch AS d
                ON d.tenant_id = k.tenant_id AND d.invoice_id = k.invoice_id
            WHERE d.role = 'copy' AND d.recipient_key IS NOT NULL
            """
        ) { found[try $0["invoice_id"], default: []].insert(try $0["recipient_key"]) }
        return found
    }

    /// The last dispatch of an invoice to its main recipient; nil where there is none.
    package func last(
        ofInvoice invoiceID: UUID, tenantID: Int64
    ) throws -> (dispatchID: UUID, rootID: UUID, createdBy: String)? {
        try connection.first(
            """
            SELECT dispatch_id, root_id, created_by FROM dispatch
            WHERE tenant_id = \(tenantID) AND invoice_id = \(invoiceID) AND role = 'main'
            ORDER BY created_at DESC, dispatch_id LIMIT 1
            """
        ) { (try $0["dispatch_id"], try $0["root_id"], try $0["created_by"]) }
    }
}

extension Dispatches {
    /// Those of these ids that are taken.
    package func known(
        _ keys: [DispatchKey]
    ) throws -> Set<UUID> {
        guard !keys.isEmpty else { return [] }
        return Set(
            try connection.rows(
                """
                SELECT d.dispatch_id
                FROM \(keys.table("k"))
                JOIN dispatch AS d
                    ON d.tenant_id = k.tenant_id AND d.dispatch_id = k.dispatch_id
                """
            ) { try $0["dispatch_id"] as UUID })
    }
}

extension Dispatches {
    /// A dispatch of an invoice that may be sent again.
    package struct OfInvoice: Sendable {
        package var tenantID: Int64
        package var dispatchID: UUID
        /// The first dispatch of its chain.
        package var rootID: UUID
        package var invoiceID: UUID
        package var invoiceNumber: String
        /// The address of a copy, in lower case; nil for a main dispatch.
        package var copyKey: String?

        init(_ row: Row) throws {
            tenantID = try row["tenant_id"]
            dispatchID = try row["dispatch_id"]
            rootID = try row["root_id"]
            invoiceID = try row["invoice_id"]
            invoiceNumber = try row["number"]
            copyKey = try row["copy_key"]
        }

        static let columns: Query = """
            d.tenant_id, d.dispatch_id, d.root_id, d.invoice_id, i.number,
            CASE WHEN d.role = 'copy' THEN coalesce(d.recipient_key, '') END AS copy_key
            """
    }

    /// The newest dispatch of a chain; nil where it belongs to no invoice.
    package func newest(ofChain rootID: UUID, tenantID: Int64) throws -> OfInvoice? {
        try connection.first(
            """
            SELECT \(OfInvoice.columns) FROM dispatch AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE d.tenant_id = \(tenantID) AND d.root_id = \(rootID)
            ORDER BY d.created_at DESC, d.dispatch_id LIMIT 1
            """, OfInvoice.init)
    }
}

extension Dispatches {
    /// Whether the last e-mail of the same purpose to the same user, since an instant, had the same
    /// content.
    package func isNotifiedAlready(_ new: New, since: Date) throws -> Bool {
        guard let message = new.message else { return false }
        let last = try connection.first(
            """
            SELECT m.body_text FROM dispatch AS d
            JOIN dispatch_message AS m
                ON m.tenant_id = d.tenant_id AND m.dispatch_id = d.dispatch_id
            WHERE d.tenant_id = \(new.tenantID) AND d.purpose = \(new.purpose)
                AND d.created_by = \(new.createdBy) AND d.recipient = \(new.recipient)
                AND d.created_at >= \(since)
            ORDER BY d.created_at DESC LIMIT 1
            """
        ) { try $0["body_text"] as String }
        return last == message.text
    }
}
