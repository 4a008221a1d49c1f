import Postgres
package import FoundationEssentials
package import Invoicing

extension RecurringInvoices {
    /// Moves agreements on: the number of their next period, and the last day before it.
    package func advance(
        _ moves: [(key: AgreementKey, nextPeriod: Int, through: CivilDate)]
    ) throws {
        guard !moves.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(moves.map(\.key.tenantID)), number \(moves.map(\.key.number)),
            next_period \(moves.map(\.nextPeriod)), through \(moves.map(\.through))
            """
        _ = try connection.execute(
            """
            UPDATE recurring_invoice AS r
            SET next_period_number = m.next_period, invoiced_through = m.through,
                looked_at = now()
            FROM \(rows.table("m"))
            WHERE r.tenant_id = m.tenant_id AND r.recurring_invoice_number = m.number
            """)
    }

    /// Records that agreements which stay where they are had their turn.
    package func recordLookedAt(_ keys: [AgreementKey]) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute(
            """
            UPDATE recurring_invoice AS r SET looked_at = now()
            FROM \(keys.table("k"))
            WHERE r.tenant_id = k.tenant_id AND r.recurring_invoice_number = k.number
            """)
    }

    /// Records periods that never become invoices.
    package func skip(
        _ periods: [(key: AgreementKey, period: SkippedPeriod)]
    ) throws {
        guard !periods.isEmpty else { return }
        let rows: RowSet = """
            tenant_id \(periods.map(\.key.tenantID)),
            recurring_invoice_number \(periods.map(\.key.number)),
            period_number \(periods.map(\.period.number)),
            period_date \(periods.map(\.period.date)), reason \(periods.map(\.period.reason))
            """
        _ = try connection.execute(
            """
            INSERT INTO skipped_period (\(rows.columnNames)) SELECT * FROM \(rows.table("s"))
            ON CONFLICT ON CONSTRAINT skipped_period_pk DO NOTHING
            """)
    }
}

extension RecurringInvoices {
    /// Where an agreement stands, for whoever asks why.
    package struct Status: Sendable {
        package var tenantID: Int64
        package var number: String
        package var nextPeriod: Int
        /// The next period's first day; nil where the agreement has ended.
        package var nextDate: CivilDate?
        /// The first day on which the next period becomes an invoice; nil where none is left.
        package var prepareOn: CivilDate?
        package var billed: Billed
        /// The first day of a pause; nil for none.
        package var pausedFrom: CivilDate?
        /// The last day of the pause; nil where it is open-ended.
        package var pausedUntil: CivilDate?
        /// The date in the tenant's time zone.
        package var today: CivilDate
        /// How many invoices have been made of it.
        package var invoiceCount: Int
        /// How many of its periods have been skipped.
        package var skippedCount: Int
    }

    /// The status of the agreements with a number, which may exist for several tenants.
    package func status(number: String, tenantID: Int64?, now: Date) throws -> [Status] {
        try connection.rows(
            """
            SELECT r.tenant_id, r.recurring_invoice_number, r.next_period_number,
                CASE WHEN NOT r.ended THEN r.next_date END AS next_date, r.prepare_on, r.billed,
                r.paused_from, r.paused_until,
                (\(now) AT TIME ZONE t.time_zone)::date AS today,
                (SELECT count(*) FROM invoice AS i
                 WHERE i.tenant_id = r.tenant_id
                    AND i.recurring_invoice_number = r.recurring_invoice_number) AS invoices,
                (SELECT count(*) FROM skipped_period AS s
                 WHERE s.tenant_id = r.tenant_id
                    AND s.recurring_invoice_number = r.recurring_invoice_number) AS skipped
            FROM recurring_invoice AS r
            JOIN tenant AS t ON t.tenant_id = r.tenant_id
            WHERE r.recurring_invoice_number = \(number)
                AND (\(tenantID) IS NULL OR r.tenant_id = \(tenantID))
            ORDER BY r.tenant_id
            """
        ) { row in
            Status(
                tenantID: try row["tenant_id"], number: try row["recurring_invoice_number"],
                nextPeriod: try row["next_period_number"], nextDate: try row["next_date"],
                prepareOn: try row["prepare_on"],
                billed: try row["billed"], pausedFrom: try row["paused_from"],
                pausedUntil: try row["paused_until"], today: try row["today"],
                invoiceCount: try row["invoices"], skippedCount: try row["skipped"])
        }
    }

    /// The dates of an agreement's remaining periods; nil where there is no such agreement.
    package func recurrence(tenantID: Int64, number: String) throws -> Recurrence? {
        try connection.first(
            """
            SELECT \(Self.recurrenceColumns) FROM recurring_invoice AS a
            WHERE a.tenant_id = \(tenantID) AND a.recurring_invoice_number = \(number)
            """, recurrence)
    }

    /// The day on which the next period of an agreement becomes due; nil where it has ended.
    package func dueDay(_ key: AgreementKey) throws -> CivilDate? {
        try connection.first(
            """
            SELECT prepare_on FROM recurring_invoice
            WHERE tenant_id = \(key.tenantID) AND recurring_invoice_number = \(key.number)
            """
        ) { try $0["prepare_on"] as CivilDate? } ?? nil
    }
}
