package import FoundationEssentials
package import Invoicing
import Postgres

extension PriceNotices {
    /// Records that the notice of a raise that waits for it was sent: on a day, or today by the
    /// tenant's calendar.
    /// - Returns: the day; nil where none is awaited, or the day is still to come.
    package func recordSent(
        _ raise: Awaited, on day: CivilDate?, now: Date
    ) throws -> CivilDate? {
        try connection.first(
            """
            UPDATE price_notice AS n SET sent_on = coalesce(\(day), d.today)
            FROM awaited_price_notice AS a
            JOIN tenant AS t ON t.tenant_id = a.tenant_id
            CROSS JOIN LATERAL (
                SELECT (\(now) AT TIME ZONE t.time_zone)::date AS today) AS d
            WHERE a.tenant_id = \(raise.tenantID)
                AND a.recurring_invoice_number = \(raise.agreement)
                AND a.adjusts_on = \(raise.adjustsOn)
                AND n.tenant_id = a.tenant_id
                AND n.recurring_invoice_number = a.recurring_invoice_number
                AND n.adjusts_on = a.adjusts_on
                AND coalesce(\(day), d.today) <= d.today
            RETURNING n.sent_on
            """
        ) { try $0["sent_on"] }
    }

    /// Closes the to-do of a raise that no notice will be given of; the old price stays.
    /// - Returns: false where none is awaited any longer.
    package func dismiss(_ raise: Awaited, by actor: String, now: Date) throws -> Bool {
        try connection.execute(
            """
            UPDATE price_notice SET dismissed_at = \(now), dismissed_by = \(actor)
            WHERE tenant_id = \(raise.tenantID)
                AND recurring_invoice_number = \(raise.agreement)
                AND adjusts_on = \(raise.adjustsOn)
                AND sent_on IS NULL AND dismissed_at IS NULL
            """
        ).affectedRows == 1
    }
}
