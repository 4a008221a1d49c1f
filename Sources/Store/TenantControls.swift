package import Dispatching
package import FoundationEssentials
import Invoicing
package import Postgres

/// The tables tenant_control and tenant_day: what is decided about tenants' dispatches, and how much
/// of a day's limit is used.
package struct TenantControls {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A tenant's control, with its day and what it has sent on that.
    package struct Status: Sendable {
        package var tenantID: Int64
        /// Nil where the row can't be read, as one that a newer version wrote: nothing is sent.
        package var control: TenantControl?
        package var localTime: TenantControl.LocalTime
        package var sentToday: Int
        /// Who suspended it, when, and why; nil where it is not suspended.
        package var suspension: Suspension?

        /// Why nothing of the tenant goes out now; nil where it may.
        package var hold: TenantControl.Hold? {
            guard let control else { return .closed(until: nil) }
            return control.hold(at: localTime, sentToday: sentToday)
        }
    }

    package struct Suspension: Hashable, Sendable {
        package var at: Date
        package var by: String
        package var reason: String

        package init(at: Date, by: String, reason: String) {
            (self.at, self.by, self.reason) = (at, by, reason)
        }
    }

    /// The tenants about which something is decided, or the one named.
    package func all(tenantID: Int64? = nil, now: Date) throws -> [Status] {
        try connection.rows(
            """
            SELECT c.*, d.sent, l.day, l.minute,
                floor(extract(epoch FROM c.quiet_from) / 60)::int AS quiet_from_minute,
                floor(extract(epoch FROM c.quiet_until) / 60)::int AS quiet_until_minute
            FROM tenant_control AS c
            JOIN tenant AS t ON t.tenant_id = c.tenant_id
            CROSS JOIN LATERAL \(localTime(now)) AS l
            LEFT JOIN tenant_day AS d ON d.tenant_id = c.tenant_id AND d.day = l.day
            WHERE \(tenantID) IS NULL OR c.tenant_id = \(tenantID)
            ORDER BY c.tenant_id
            """, status)
    }

    /// The tenants of which nothing goes out now.
    package func held(now: Date) throws -> [Int64] {
        try all(now: now).filter { $0.hold != nil }.map(\.tenantID)
    }

    private func status(_ row: Row) throws -> Status {
        let suspendedAt: Date? = try row["suspended_at"]
        return Status(
            tenantID: try row["tenant_id"], control: try? control(row),
            localTime: .init(day: try row["day"], minute: try row["minute"]),
            sentToday: try row["sent"] as Int? ?? 0,
            suspension: try suspendedAt.map {
                Suspension(
                    at: $0, by: try row["suspended_by"], reason: try row["suspended_reason"])
            })
    }

    private func control(_ row: Row) throws -> TenantControl {
        var control = TenantControl()
        control.isSuspended = try row["suspended_at"] as Date? != nil
        control.dailyLimit = try row["daily_limit"]
        if let from: Int = try row["quiet_from_minute"],
            let until: Int = try row["quiet_until_minute"]
        {
            control.quietHours = TenantControl.QuietHours(from: from, until: until)
        }
        let days: [CivilDate] = try row["rest_days"]
        control.restDays = .init(
            weekends: try row["rests_on_weekends"], holidays: try row["rests_on_holidays"],
            days: Set(days))
        control.priority = try row["priority"]
        return control
    }

    /// The tenant's day and minute of it: a fragment in which `t` is the tenant.
    private func localTime(_ now: Date) -> Query {
        """
        (SELECT local::date AS day, (extract(epoch FROM local::time) / 60)::int AS minute
         FROM (SELECT date_trunc('minute', \(now) AT TIME ZONE t.time_zone) AS local) AS n)
        """
    }
}

extension TenantControls {
    /// Whether the tenant of a row is suspended: a fragment, by the name of the row's table.
    static func isSuspended(_ table: StaticString) -> Query {
        """
        EXISTS (SELECT FROM tenant_control AS s
            WHERE s.tenant_id = \(Query(stringLiteral: "\(table)")).tenant_id
                AND s.suspended_at IS NOT NULL)
        """
    }

    /// Writes all of a tenant's control but its suspension.
    package func write(_ control: TenantControl, tenantID: Int64) throws {
        let quiet = control.quietHours
        _ = try connection.execute(
            """
            INSERT INTO tenant_control (tenant_id, daily_limit, quiet_from, quiet_until,
                rests_on_weekends, rests_on_holidays, rest_days, priority)
            VALUES (\(tenantID), \(control.dailyLimit),
                time '00:00' + make_interval(mins => \(quiet?.from)::int),
                time '00:00' + make_interval(mins => \(quiet?.until)::int),
                \(control.restDays.weekends), \(control.restDays.holidays),
                \(control.restDays.days.sorted()), \(control.priority))
            ON CONFLICT ON CONSTRAINT tenant_control_pk DO UPDATE
            SET daily_limit = excluded.daily_limit, quiet_from = excluded.quiet_from,
                quiet_until = excluded.quiet_until,
                rests_on_weekends = excluded.rests_on_weekends,
                rests_on_holidays = excluded.rests_on_holidays,
                rest_days = excluded.rest_days, priority = excluded.priority
            """)
    }

    /// Suspends a tenant, or, with nil, resumes it.
    /// - Returns: Whether that changed anything.
    package func write(_ suspension: Suspension?, tenantID: Int64) throws -> Bool {
        guard let suspension else {
            return try connection.execute(
                """
                UPDATE tenant_control
                SET suspended_at = NULL, suspended_by = NULL, suspended_reason = NULL
                WHERE tenant_id = \(tenantID) AND suspended_at IS NOT NULL
                """
            ).affectedRows > 0
        }
        return try connection.execute(
            """
            INSERT INTO tenant_control AS c
                (tenant_id, suspended_at, suspended_by, suspended_reason)
            VALUES (\(tenantID), \(suspension.at), \(suspension.by), \(suspension.reason))
            ON CONFLICT ON CONSTRAINT tenant_control_pk DO UPDATE
            SET suspended_at = excluded.suspended_at, suspended_by = excluded.suspended_by,
                suspended_reason = excluded.suspended_reason
            WHERE c.suspended_at IS NULL
            """
        ).affectedRows > 0
    }

    /// Makes a day's count for each tenant with a limit that has none; to be committed before a
    /// claim locks it.
    package func prepareDays() throws {
        try connection.execute(
            """
            INSERT INTO tenant_day (tenant_id, day, sent)
            SELECT c.tenant_id, '-infinity', 0 FROM tenant_control AS c
            WHERE c.daily_limit IS NOT NULL AND NOT EXISTS (
                SELECT FROM tenant_day AS d WHERE d.tenant_id = c.tenant_id)
            ON CONFLICT ON CONSTRAINT tenant_day_pk DO NOTHING
            """)
    }

    /// Takes the day's counts of tenants with a limit, locked until the transaction ends.
    /// - Returns: How many each may still send today. A tenant that another process is claiming
    ///   for is missing, and is left to that.
    package func lockRoom(tenants: [Int64], now: Date) throws -> [Int64: Int] {
        guard !tenants.isEmpty else { return [:] }
        let rooms: [(tenantID: Int64, room: Int)] = try connection.rows(
            """
            SELECT d.tenant_id, greatest(0, coalesce(c.daily_limit, 2147483647)
                - CASE WHEN d.day = l.day THEN d.sent ELSE 0 END) AS room
            FROM tenant_day AS d
            JOIN tenant AS t ON t.tenant_id = d.tenant_id
            JOIN tenant_control AS c ON c.tenant_id = d.tenant_id
            CROSS JOIN LATERAL \(localTime(now)) AS l
            WHERE d.tenant_id = ANY (\(tenants))
            ORDER BY d.tenant_id FOR UPDATE OF d SKIP LOCKED
            """
        ) { (try $0["tenant_id"], try $0["room"]) }
        return Dictionary(rooms.map { ($0.tenantID, $0.room) }) { first, _ in first }
    }

    /// Counts what was claimed today of tenants whose counts are locked.
    package func use(_ counts: [Int64: Int], now: Date) throws {
        guard !counts.isEmpty else { return }
        let rows: RowSet =
            "tenant_id \(counts.keys.map(\.self)), count \(counts.values.map(\.self))"
        try connection.execute(
            """
            UPDATE tenant_day AS d
            SET sent = CASE WHEN d.day = l.day THEN d.sent ELSE 0 END + c.count, day = l.day
            FROM \(rows.table("c"))
            JOIN tenant AS t ON t.tenant_id = c.tenant_id
            CROSS JOIN LATERAL \(localTime(now)) AS l
            WHERE d.tenant_id = c.tenant_id
            """)
    }

    /// Gives back what was claimed and then not sent; of a day before, nothing.
    package func giveBack(_ counts: [Int64: Int], now: Date) throws {
        guard !counts.isEmpty else { return }
        let rows: RowSet =
            "tenant_id \(counts.keys.map(\.self)), count \(counts.values.map(\.self))"
        try connection.execute(
            """
            UPDATE tenant_day AS d SET sent = greatest(0, d.sent - c.count)
            FROM \(rows.table("c"))
            JOIN tenant AS t ON t.tenant_id = c.tenant_id
            CROSS JOIN LATERAL \(localTime(now)) AS l
            WHERE d.tenant_id = c.tenant_id AND d.day = l.day
            """)
    }
}
