package import Dispatching
package import FoundationEssentials
package import Invoicing
package import Postgres

/// The table dispatch_fault: why dispatches did not go out, and whether it has been fixed.
package struct DispatchFaults {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A line of a fault report that has not been sent yet.
    package struct Reportable: Sendable {
        package var tenantID: Int64
        package var dispatchID: UUID
        /// The user who is told.
        package var userKey: String
        /// The code as stored, possibly one unknown to this program.
        package var code: String
        package var fault: Fault
        /// The sequel if the fault is resolved; nil while it is open.
        package var sequel: Sequel?
        /// The kind of invoice; nil where there is none yet.
        package var documentType: DocumentType?
        /// Nil where there is no invoice yet.
        package var invoiceNumber: String?
        /// The agreement; nil for an invoice made elsewhere.
        package var recurringNumber: String?
        /// The agreement's period; nil for an invoice made elsewhere.
        package var periodNumber: Int?
        /// Nil where the buyer is not known.
        package var buyerName: String?
        /// The recipient of the copy it concerns; nil for a main dispatch.
        package var copyTo: String?
    }

    /// What happened to a dispatch after its faults were resolved.
    package enum Sequel: String, Sendable, PostgresRawValue {
        /// It can be sent again, and has not been.
        case toSend = "to_send"
        /// Another dispatch of its chain was made.
        case made
        /// The period was skipped.
        case passedOver = "passed_over"
    }

    /// Adds faults; a resolved fault that is found again is reopened.
    package func insert(
        _ faults: [(tenantID: Int64, dispatchID: UUID, fault: Fault)], now: Date
    ) throws {
        guard !faults.isEmpty else { return }
        let faults = Self.merged(faults)
        let rows: RowSet = """
            tenant_id \(faults.map(\.tenantID)), dispatch_id \(faults.map(\.dispatchID)),
            code \(faults.map(\.fault.code)), detail \(faults.map(\.fault.detail)),
            nb \(faults.map(\.fault.words.nb)), nn \(faults.map(\.fault.words.nn)),
            en \(faults.map(\.fault.words.en))
            """
        _ = try connection.execute(
            """
            INSERT INTO dispatch_fault AS f
                (tenant_id, dispatch_id, code, detail, words, found_at)
            SELECT n.tenant_id, n.dispatch_id, n.code, n.detail,
                jsonb_build_object('nb', n.nb, 'nn', n.nn, 'en', n.en), \(now)
            FROM \(rows.table("n"))
            ON CONFLICT ON CONSTRAINT dispatch_fault_pk DO UPDATE
            SET detail = excluded.detail, words = excluded.words, found_at = excluded.found_at,
                reported_at = NULL, mended_at = NULL, mended_reported_at = NULL
            WHERE f.mended_at IS NOT NULL
            """)
    }

    /// One row per dispatch and code, the table's key.
    private static func merged(
        _ faults: [(tenantID: Int64, dispatchID: UUID, fault: Fault)]
    ) -> [(tenantID: Int64, dispatchID: UUID, fault: Fault)] {
        let groups = Dictionary(grouping: faults) { DispatchKey($0.tenantID, $0.dispatchID) }
        return groups.flatMap { key, faults in
            (Faults(faults.map(\.fault))?.list ?? []).map { (key.tenantID, key.dispatchID, $0) }
        }
    }

    /// A dispatch that was checked again, and the codes of the faults it still has.
    package typealias Recheck = (tenantID: Int64, dispatchID: UUID, codes: [FaultCode])

    /// Marks the faults of dispatches as resolved, except for those they still have.
    /// - Returns: How many were open until now.
    package func markResolved(_ rechecks: [Recheck], now: Date) throws -> Int {
        guard !rechecks.isEmpty else { return 0 }
        let kept = rechecks.flatMap { recheck in
            recheck.codes.map { (recheck.tenantID, recheck.dispatchID, $0) }
        }
        let (checked, keptRows): (RowSet, RowSet) = (
            "tenant_id \(rechecks.map(\.tenantID)), dispatch_id \(rechecks.map(\.dispatchID))",
            "tenant_id \(kept.map(\.0)), dispatch_id \(kept.map(\.1)), code \(kept.map(\.2))"
        )
        return try connection.execute(
            """
            UPDATE dispatch_fault AS f SET mended_at = \(now)
            FROM \(checked.table("r"))
            WHERE f.tenant_id = r.tenant_id AND f.dispatch_id = r.dispatch_id
                AND f.mended_at IS NULL
                AND NOT EXISTS (
                    SELECT FROM \(keptRows.table("k"))
                    WHERE k.tenant_id = f.tenant_id AND k.dispatch_id = f.dispatch_id
                        AND k.code = f.code)
            """
        ).affectedRows
    }

    /// Failed dispatches with open faults whose invoice exists, after a given one in order.
    package func open(
        tenantID: Int64?, after: DispatchKey?, limit: Int
    ) throws -> [Dispatches.OfInvoice] {
        try connection.rows(
            """
            SELECT \(Dispatches.OfInvoice.columns)
            FROM (
                SELECT DISTINCT tenant_id, dispatch_id FROM dispatch_fault
                WHERE mended_at IS NULL
                    AND (\(tenantID) IS NULL OR tenant_id = \(tenantID))
                    AND (tenant_id, dispatch_id) > (
                        coalesce(\(after?.tenantID), 0),
                        coalesce(\(after?.dispatchID), '00000000-0000-0000-0000-000000000000'))
                ORDER BY tenant_id, dispatch_id LIMIT \(limit)
            ) AS f
            JOIN dispatch AS d ON d.tenant_id = f.tenant_id AND d.dispatch_id = f.dispatch_id
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            ORDER BY d.tenant_id, d.dispatch_id
            """, Dispatches.OfInvoice.init)
    }

    /// The open faults of a period that could not become an invoice.
    package func open(tenantID: Int64, agreement: String, period: Int) throws -> [Fault] {
        try connection.rows(
            """
            SELECT \(Self.columns)
            FROM dispatch AS d
            JOIN dispatch_fault AS f
                ON f.tenant_id = d.tenant_id AND f.dispatch_id = d.dispatch_id
            WHERE d.tenant_id = \(tenantID) AND d.recurring_invoice_number = \(agreement)
                AND d.period_number = \(period) AND f.mended_at IS NULL
            ORDER BY f.code
            """
        ) { row in
            try Self.fault(row, code: row["code"])
        }
    }

    /// The lines that are still to be reported by e-mail, locked for the run that reports them.
    ///
    /// A fault counts as resolved for its user when the dispatch has no other left.
    package func unreported(tenantID: Int64?, limit: Int) throws -> [Reportable] {
        try connection.rows(
            """
            SELECT f.tenant_id, f.dispatch_id, \(Self.columns), \(sequel) AS sequel, d.created_by,
                coalesce(d.recurring_invoice_number, i.recurring_invoice_number)
                    AS recurring_invoice_number,
                coalesce(d.period_number, i.period_number) AS period_number,
                coalesce(i.number, m.number) AS invoice_number,
                coalesce(i.document_type, m.document_type) AS document_type,
                coalesce(i.buyer_name, c.name) AS buyer_name,
                CASE WHEN d.role = 'copy' THEN d.recipient END AS copy_to
            FROM dispatch_fault AS f
            JOIN dispatch AS d ON d.tenant_id = f.tenant_id AND d.dispatch_id = f.dispatch_id
            LEFT JOIN invoice AS i
                ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            -- What could not be an invoice at first is one now, if it was mended.
            LEFT JOIN invoice AS m ON d.invoice_id IS NULL AND m.tenant_id = d.tenant_id
                AND m.recurring_invoice_number = d.recurring_invoice_number
                AND m.period_number = d.period_number
            LEFT JOIN recurring_invoice AS r ON r.tenant_id = d.tenant_id
                AND r.recurring_invoice_number = d.recurring_invoice_number
            LEFT JOIN customer AS c ON c.tenant_id = r.tenant_id
                AND c.customer_number = r.customer_number
            WHERE (f.reported_at IS NULL
                    OR (f.mended_at IS NOT NULL AND f.mended_reported_at IS NULL))
                AND (f.mended_at IS NULL OR NOT EXISTS (
                    SELECT FROM dispatch_fault AS o
                    WHERE o.tenant_id = f.tenant_id AND o.dispatch_id = f.dispatch_id
                        AND o.mended_at IS NULL))
                AND (\(tenantID) IS NULL OR f.tenant_id = \(tenantID))
            -- The same faults in the same order, so that the same report has the same words.
            ORDER BY f.tenant_id, d.created_by, d.created_at, recurring_invoice_number,
                period_number, invoice_number, d.role DESC, d.recipient_key, f.dispatch_id, f.code
            LIMIT \(limit)
            FOR UPDATE OF f SKIP LOCKED
            """
        ) { row in
            let code: String = try row["code"]
            return Reportable(
                tenantID: try row["tenant_id"], dispatchID: try row["dispatch_id"],
                userKey: try row["created_by"], code: code,
                fault: try Self.fault(row, code: FaultCode(rawValue: code) ?? .internalError),
                sequel: try row["sequel"],
                documentType: try row["document_type"],
                invoiceNumber: try row["invoice_number"],
                recurringNumber: try row["recurring_invoice_number"],
                periodNumber: try row["period_number"], buyerName: try row["buyer_name"],
                copyTo: try row["copy_to"])
        }
    }

    /// The SQL for the sequel of a resolved fault; null for an open one.
    private var sequel: Query {
        """
        CASE
            WHEN f.mended_at IS NULL THEN NULL
            WHEN EXISTS (
                SELECT FROM dispatch AS n
                WHERE n.tenant_id = d.tenant_id AND n.root_id = d.root_id
                    AND n.created_at >= d.created_at AND n.state NOT IN ('failed', 'cancelled'))
                THEN 'made'
            WHEN EXISTS (
                SELECT FROM skipped_period AS s
                WHERE s.tenant_id = d.tenant_id
                    AND s.recurring_invoice_number = d.recurring_invoice_number
                    AND s.period_number = d.period_number) THEN 'passed_over'
            ELSE 'to_send'
        END
        """
    }

    /// The columns of a fault, from the table `f`.
    private static let columns: Query = """
        f.code, f.detail, f.words->>'nb' AS nb, f.words->>'nn' AS nn, f.words->>'en' AS en
        """

    /// Decodes a fault; one that is older than its texts is shown as stored.
    private static func fault(_ row: Row, code: FaultCode) throws -> Fault {
        let detail: String = try row["detail"]
        guard let nb: String = try row["nb"], let nn: String = try row["nn"],
            let en: String = try row["en"]
        else { return Fault(code, detail) }
        return Fault(code, Trilingual(nb: nb, nn: nn, en: en), detail: detail)
    }

    /// Marks lines as reported: found and, if they are resolved, resolved.
    package func markReported(_ lines: [Reportable], now: Date) throws {
        guard !lines.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(lines.map(\.tenantID)), dispatch_id \(lines.map(\.dispatchID)),
            code \(lines.map(\.code))
            """
        _ = try connection.execute(
            """
            UPDATE dispatch_fault AS f
            SET reported_at = coalesce(f.reported_at, \(now)),
                mended_reported_at = CASE WHEN f.mended_at IS NOT NULL THEN \(now) END
            FROM \(rows.table("l"))
            WHERE f.tenant_id = l.tenant_id AND f.dispatch_id = l.dispatch_id
                AND f.code = l.code
            """)
    }
}

extension DispatchFaults {
    /// The last dispatches of chains whose failures were caused by faults that are all resolved.
    package func mended(tenantID: Int64?, limit: Int) throws -> [Dispatches.OfInvoice] {
        try connection.rows(
            """
            SELECT \(Dispatches.OfInvoice.columns)
            FROM (
                SELECT DISTINCT ON (tenant_id, root_id) * FROM dispatch
                WHERE invoice_id IS NOT NULL
                    AND (\(tenantID) IS NULL OR tenant_id = \(tenantID))
                ORDER BY tenant_id, root_id, created_at DESC, dispatch_id
            ) AS d
            JOIN invoice AS i ON i.tenant_id = d.tenant_id AND i.invoice_id = d.invoice_id
            WHERE d.state = 'failed'
                AND EXISTS (
                    SELECT FROM dispatch_fault AS f
                    WHERE f.tenant_id = d.tenant_id AND f.dispatch_id = d.dispatch_id)
                AND NOT EXISTS (
                    SELECT FROM dispatch_fault AS f
                    WHERE f.tenant_id = d.tenant_id AND f.dispatch_id = d.dispatch_id
                        AND f.mended_at IS NULL)
            ORDER BY d.tenant_id, i.number, d.role DESC LIMIT \(limit)
            """, Dispatches.OfInvoice.init)
    }
}
