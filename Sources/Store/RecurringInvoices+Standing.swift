package import FoundationEssentials
package import Invoicing
import Postgres

extension RecurringInvoices {
    /// Where an agreement stands, for whoever asks why.
    package struct Standing: Sendable {
        package var tenantID: Int64
        package var number: String
        package var nextPeriod: Int
        package var nextDate: CivilDate?
        package var prepareOn: CivilDate?
        package var pausedFrom: CivilDate?
        package var pausedUntil: CivilDate?
        package var today: CivilDate
        package var invoiceCount: Int
        package var skippedCount: Int
    }

    package func standing(number: String, tenantID: Int64?, now: Date) throws -> [Standing] {
        try connection.rows(
            """
            SELECT r.tenant_id, r.recurring_invoice_number, r.next_period_number, r.next_date,
                r.prepare_on, r.paused_from, r.paused_until,
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
            Standing(
                tenantID: try row["tenant_id"], number: try row["recurring_invoice_number"],
                nextPeriod: try row["next_period_number"], nextDate: try row["next_date"],
                prepareOn: try row["prepare_on"], pausedFrom: try row["paused_from"],
                pausedUntil: try row["paused_until"], today: try row["today"],
                invoiceCount: try row["invoices"], skippedCount: try row["skipped"])
        }
    }

    /// When the periods of an agreement fall, and how many days ahead they are prepared.
    package func schedule(
        tenantID: Int64, number: String
    ) throws -> (recurrence: Recurrence, preparationDays: Int)? {
        try connection.first(
            """
            SELECT anchor_date, start_date, interval_unit, interval_count, preparation_days
            FROM recurring_invoice
            WHERE tenant_id = \(tenantID) AND recurring_invoice_number = \(number)
            """
        ) { row in
            guard let unit = Interval.Unit(rawValue: try row["interval_unit"]),
                let interval = Interval(try row["interval_count"], unit)
            else {
                throw StoreError.invalidRow(
                    table: "recurring_invoice", column: "interval_unit", key: number)
            }
            return (
                Recurrence(
                    anchor: try row["anchor_date"], interval: interval,
                    start: try row["start_date"]),
                try row["preparation_days"]
            )
        }
    }
}
