package import FoundationEssentials
package import Invoicing
package import Postgres

/// The table price_notice: price increases that need notice to the customer, and whether it was
/// given.
package struct PriceNotices {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// How many days before the last day for a notice it is requested.
    package static let leadDays = 30

    /// Requests notices of price increases, each once: a to-do, and a line in the bell.
    /// - Returns: How many are new.
    package func request(
        _ raises: [(key: AgreementKey, raise: AwaitedPriceIncrease)], now: Date
    ) throws -> Int {
        guard !raises.isEmpty else { return 0 }
        let rows: RowSet = """
            tenant_id \(raises.map(\.key.tenantID)),
            recurring_invoice_number \(raises.map(\.key.number)),
            adjusts_on \(raises.map(\.raise.adjustsOn)), old_factor \(raises.map(\.raise.oldFactor)),
            new_factor \(raises.map(\.raise.newFactor))
            """
        return try connection.execute(
            """
            INSERT INTO price_notice (\(rows.columnNames), asked_at)
            SELECT DISTINCT ON (n.tenant_id, n.recurring_invoice_number, n.adjusts_on)
                \(rows.columns(of: "n")), \(now)
            FROM \(rows.table("n"))
            ON CONFLICT ON CONSTRAINT price_notice_pk DO NOTHING
            """
        ).affectedRows
    }

    /// An agreement whose next adjustment is near and for whose increase no notice has been
    /// requested.
    package struct Upcoming: Sendable {
        package var key: AgreementKey
        /// The date in the tenant's time zone.
        package var today: CivilDate
    }

    /// Agreements, after a given one, whose next adjustment is so near that notice of it must be
    /// sent soon.
    package func upcoming(
        tenantID: Int64?, after: AgreementKey?, now: Date, limit: Int
    ) throws -> [Upcoming] {
        let after = after ?? AgreementKey(0, "")
        return try connection.rows(
            """
            SELECT p.tenant_id, p.recurring_invoice_number, d.today
            FROM price_index_clause AS p
            JOIN recurring_invoice AS r ON r.tenant_id = p.tenant_id
                AND r.recurring_invoice_number = p.recurring_invoice_number
            JOIN tenant AS t ON t.tenant_id = p.tenant_id
            CROSS JOIN LATERAL (
                SELECT (\(now) AT TIME ZONE t.time_zone)::date AS today) AS d
            CROSS JOIN LATERAL (
                SELECT make_date(
                    extract(year FROM d.today)::int
                        + (extract(month FROM d.today) >= p.adjust_month)::int,
                    p.adjust_month, 1) AS adjusts_on) AS a
            WHERE (\(tenantID) IS NULL OR p.tenant_id = \(tenantID))
                AND (p.tenant_id, p.recurring_invoice_number)
                    > (\(after.tenantID), \(after.number))
                AND p.notice_days > 0 AND NOT r.ended
                AND (r.end_date IS NULL OR r.end_date >= a.adjusts_on)
                AND a.adjusts_on - (p.notice_days + \(Self.leadDays)::int) <= d.today
                AND NOT EXISTS (
                    SELECT FROM price_notice AS n
                    WHERE n.tenant_id = p.tenant_id
                        AND n.recurring_invoice_number = p.recurring_invoice_number
                        AND n.adjusts_on = a.adjusts_on)
            ORDER BY p.tenant_id, p.recurring_invoice_number LIMIT \(limit)
            """
        ) { row in
            Upcoming(
                key: AgreementKey(try row["tenant_id"], try row["recurring_invoice_number"]),
                today: try row["today"])
        }
    }

    /// A price increase waiting for its notice, as its user sees it.
    package struct Awaited: Sendable {
        package var tenantID: Int64
        /// The user who is to send the notice.
        package var userKey: String
        /// The user's language.
        package var language: Language
        /// The agreement's number.
        package var agreement: String
        package var buyerName: String
        /// The day that the new price applies from.
        package var adjustsOn: CivilDate
        /// The last day on which a notice is in time.
        package var sendBy: CivilDate
        /// How many days before the adjustment notice must be given.
        package var noticeDays: Int
        /// The current price as a multiple of the agreed one.
        package var oldFactor: FixedDecimal
        /// The new price as a multiple of the agreed one.
        package var newFactor: FixedDecimal
        /// When the notice was requested.
        package var askedAt: Date
    }

    /// Increases waiting for notice, oldest first; all of them, or only unread ones.
    package func awaited(
        tenantID: Int64?, userKey: String? = nil, agreement: String? = nil, withRead: Bool,
        limit: Int
    ) throws -> [Awaited] {
        try connection.rows(
            """
            SELECT a.tenant_id, a.user_key, u.language, a.recurring_invoice_number, a.buyer_name,
                a.adjusts_on, a.send_by, a.notice_days, a.old_factor, a.new_factor, a.asked_at
            FROM awaited_price_notice AS a
            JOIN app_user AS u ON u.tenant_id = a.tenant_id AND u.user_key = a.user_key
            WHERE (\(tenantID) IS NULL OR a.tenant_id = \(tenantID))
                AND (\(userKey) IS NULL OR a.user_key = \(userKey))
                AND (\(agreement) IS NULL OR a.recurring_invoice_number = \(agreement))
                AND (\(withRead) OR a.read_at IS NULL)
            ORDER BY a.asked_at, a.tenant_id, a.recurring_invoice_number LIMIT \(limit)
            """
        ) { row in
            Awaited(
                tenantID: try row["tenant_id"], userKey: try row["user_key"],
                language: try row["language"],
                agreement: try row["recurring_invoice_number"],
                buyerName: try row["buyer_name"], adjustsOn: try row["adjusts_on"],
                sendBy: try row["send_by"], noticeDays: try row["notice_days"],
                oldFactor: try row["old_factor"], newFactor: try row["new_factor"],
                askedAt: try row["asked_at"])
        }
    }

    /// How many are awaited, without a limit.
    package func awaitedCount(tenantID: Int64?, userKey: String?, withRead: Bool) throws -> Int {
        try connection.total(
            """
            SELECT FROM awaited_price_notice AS a
            WHERE (\(tenantID) IS NULL OR a.tenant_id = \(tenantID))
                AND (\(userKey) IS NULL OR a.user_key = \(userKey))
                AND (\(withRead) OR a.read_at IS NULL)
            """)
    }

    /// Marks the price notices of a user, or of all users, as read.
    package func markRead(tenantID: Int64?, userKey: String?, now: Date) throws {
        try connection.execute(
            """
            UPDATE price_notice AS n SET read_at = \(now)
            FROM recurring_invoice AS r
            WHERE r.tenant_id = n.tenant_id
                AND r.recurring_invoice_number = n.recurring_invoice_number
                AND n.read_at IS NULL AND n.asked_at IS NOT NULL
                AND (\(tenantID) IS NULL OR n.tenant_id = \(tenantID))
                AND (\(userKey) IS NULL OR r.created_by = \(userKey))
            """)
    }
}

extension PriceNotices {
    /// Records that a requested notice was sent: on a given day, or today in the tenant's time
    /// zone.
    /// - Returns: The day; nil where no notice is requested, or the day is in the future.
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

    /// Closes the to-do of an increase that will get no notice; the old price remains.
    /// - Returns: False where no notice is requested any longer.
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
