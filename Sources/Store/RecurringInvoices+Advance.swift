package import Invoicing
import Postgres

extension RecurringInvoices {
    /// Moves agreements on: the number of their next period, and the last day before it.
    package func advance(
        _ moves: [(tenantID: Int64, number: String, nextPeriod: Int, through: CivilDate)]
    ) throws {
        guard !moves.isEmpty else { return }
        _ = try connection.execute(
            """
            UPDATE recurring_invoice AS r
            SET next_period_number = m.next_period, invoiced_through = m.through,
                looked_at = now()
            FROM unnest(
                \(moves.map(\.tenantID)), \(moves.map(\.number)), \(moves.map(\.nextPeriod)),
                \(moves.map(\.through))) AS m (tenant_id, number, next_period, through)
            WHERE r.tenant_id = m.tenant_id AND r.recurring_invoice_number = m.number
            """)
    }

    /// Notes of agreements that stay where they are that they had their turn.
    package func noteLookedAt(_ keys: [Key]) throws {
        guard !keys.isEmpty else { return }
        _ = try connection.execute(
            """
            UPDATE recurring_invoice AS r SET looked_at = now()
            FROM unnest(\(keys.map(\.tenantID)), \(keys.map(\.number))) AS k (tenant_id, number)
            WHERE r.tenant_id = k.tenant_id AND r.recurring_invoice_number = k.number
            """)
    }

    /// Records periods that never become invoices.
    package func skip(
        _ periods: [(tenantID: Int64, number: String, period: SkippedPeriod)]
    ) throws {
        guard !periods.isEmpty else { return }
        _ = try connection.execute(
            """
            INSERT INTO skipped_period
                (tenant_id, recurring_invoice_number, period_number, period_date, reason)
            SELECT * FROM unnest(
                \(periods.map(\.tenantID)), \(periods.map(\.number)),
                \(periods.map(\.period.number)), \(periods.map(\.period.date)),
                \(periods.map(\.period.reason.rawValue)))
            ON CONFLICT ON CONSTRAINT skipped_period_pk DO NOTHING
            """)
    }
}
