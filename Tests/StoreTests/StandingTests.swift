import Foundation
import Invoicing
import Postgres
import Schema
import Store
import TestSupport
import Testing

/// Where an agreement stands: the row reckons it, and the core reckons the same.
struct StandingTests {
    private static let setup = """
        SET search_path = budstikke;
        INSERT INTO tenant (tenant_id, name) VALUES (1, 'Fjordlys AS');
        INSERT INTO app_user (tenant_id, user_key, name, email) VALUES (1, 'kari', 'Kari', 'k@k.no');
        INSERT INTO customer (tenant_id, customer_number, name) VALUES (1, '1', 'Kunde');
        """

    @Test func `the row and the core agree on when a period is due`() throws {
        let connection = try TestDatabase().connect()
        try connection.run(
            script: Self.setup + """
                INSERT INTO recurring_invoice (tenant_id, recurring_invoice_number,
                    customer_number, created_by, anchor_date, interval_unit, interval_count,
                    invoiced_through, next_period_number, end_date, last_period, billed,
                    arrears_days, preparation_days, count_max)
                SELECT 1, row_number() OVER (), '1', 'kari', anchor, unit, count, through,
                    CASE WHEN through IS NULL THEN 1 ELSE 5 END, last_day, last_period, billed,
                    CASE billed WHEN 'arrears' THEN 9 ELSE 0 END,
                    CASE billed WHEN 'advance' THEN 9 ELSE 0 END, count_max
                FROM unnest(ARRAY['2024-01-31', '2024-02-29', '2025-06-30', '2026-11-15']::date[])
                        AS a (anchor),
                    unnest(ARRAY['day', 'week', 'month', 'quarter', 'year']) AS u (unit),
                    unnest(ARRAY[1, 2, 13]) AS c (count),
                    unnest(ARRAY[NULL, '2024-02-28', '2024-02-29', '2025-12-30', '2026-03-31',
                        '2027-02-28']::date[]) AS t (through),
                    unnest(ARRAY[NULL, '2026-11-15', '2027-03-14']::date[]) AS e (last_day),
                    unnest(ARRAY['full', 'days']) AS l (last_period),
                    unnest(ARRAY['advance', 'arrears']) AS b (billed),
                    unnest(ARRAY[NULL, 4]) AS m (count_max)
                """)
        let rows = try connection.rows(
            """
            SELECT recurring_invoice_number AS number, ended, next_date, prepare_on
            FROM recurring_invoice ORDER BY recurring_invoice_number::int
            """
        ) { row in
            (
                number: try row["number"] as String, ended: try row["ended"] as Bool,
                next: try row["next_date"] as CivilDate?,
                due: try row["prepare_on"] as CivilDate?
            )
        }
        let keys = rows.map { AgreementKey(1, $0.number) }
        let farOff = try Date("2200-01-01T12:00:00Z", strategy: .iso8601)
        let agreements = Dictionary(
            uniqueKeysWithValues: try RecurringInvoices(connection).due(keys, now: farOff)
                .map { ($0.agreement.number, $0.agreement) })
        #expect(rows.count == 8_640 && agreements.count > 2_000)
        var wrong: [String] = []
        for row in rows {
            guard let agreement = agreements[row.number] else {
                if !row.ended || row.due != nil { wrong.append("\(row)") }
                continue
            }
            let period = agreement.period(agreement.nextPeriodNumber)
            if row.ended || row.next != period.date || row.due != agreement.dueDay(of: period) {
                wrong.append("\(row) \(period)")
            }
        }
        #expect(wrong.count == 0, "\(wrong.prefix(3))")
    }

    @Test func `rows of before are brought to where they stood`() throws {
        let connection = try TestDatabase.empty().connect()
        let older = Migration.all.filter { $0.version < 22 }
        _ = try Migrator(connection, migrations: older).migrate()
        try connection.run(
            script: Self.setup + """
                INSERT INTO recurring_invoice (tenant_id, recurring_invoice_number,
                    customer_number, created_by, anchor_date, interval_unit, next_period_number,
                    next_date, ended, end_date, last_period, count_max)
                SELECT 1, name, '1', 'kari', anchor::date, unit, next, next_date::date,
                    next_date IS NULL, last_day::date, last_period, count_max
                FROM (VALUES
                    ('A1', '2026-01-31', 'month', 1, '2026-01-31', NULL, 'full', NULL),
                    ('A2', '2026-01-31', 'month', 3, '2026-03-31', NULL, 'full', NULL),
                    ('A3', '2026-01-31', 'month', 3, NULL, '2026-03-01', 'full', NULL),
                    ('A4', '2026-01-01', 'month', 3, NULL, '2026-02-10', 'days', NULL),
                    ('A5', '2026-01-01', 'quarter', 3, NULL, NULL, 'full', 2),
                    ('A6', '2026-01-05', 'week', 3, NULL, NULL, 'full', 2))
                    AS a (name, anchor, unit, next, next_date, last_day, last_period, count_max)
                """)
        _ = try Migrator(connection).migrate()
        let rows = try connection.rows(
            """
            SELECT concat_ws(' ', recurring_invoice_number, next_period_number,
                invoiced_through, next_date, ended, prepare_on) AS line
            FROM budstikke.recurring_invoice ORDER BY recurring_invoice_number
            """
        ) { try $0["line"] as String }
        #expect(
            rows == [
                "A1 1 2026-01-31 f 2026-01-31", "A2 3 2026-03-30 2026-03-31 f 2026-03-31",
                "A3 3 2026-03-30 2026-03-31 t", "A4 3 2026-02-10 2026-02-11 t",
                "A5 3 2026-06-30 2026-07-01 t", "A6 3 2026-01-18 2026-01-19 t",
            ])
    }
}
