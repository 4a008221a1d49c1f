package import FoundationEssentials
package import Invoicing
package import Postgres

/// The table recovery: when the database was told to go on after it went back in time.
package struct Recoveries {
    /// What was made from a past that old is no longer doubted: no provider keeps its logs longer.
    static let doubtedDays = 45

    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Recovery: Hashable, Sendable {
        package var lost: LostTime
        package var recoveredAt: Date

        package init(lost: LostTime, recoveredAt: Date) {
            self.lost = lost
            self.recoveredAt = recoveredAt
        }
    }

    package func write(_ recovery: Recovery) throws {
        _ = try connection.execute(
            """
            INSERT INTO recovery (tenant_id, recovery_id, recovered_at, lost_since, lost_until)
            VALUES (0, \(UUID()), \(recovery.recoveredAt), \(recovery.lost.since),
                \(recovery.lost.until))
            """)
    }

    /// The time that is lost by recoveries of late, as one; nil where there are none.
    ///
    /// A database that went back twice has not lost what lies between, but it is doubted all the
    /// same: that costs a question.
    package func recent(now: Date) throws -> Recovery? {
        let since: Date? = now - Double(Self.doubtedDays) * 86_400
        let found: Recovery?? = try connection.first(
            """
            SELECT min(lost_since) AS lost_since, max(lost_until) AS lost_until,
                max(recovered_at) AS recovered_at
            FROM recovery WHERE tenant_id = 0 AND recovered_at >= \(since)
            """
        ) { row in
            guard let start: Date = try row["lost_since"], let end: Date = try row["lost_until"],
                let at: Date = try row["recovered_at"]
            else { return nil }
            return Recovery(lost: LostTime(since: start, until: end), recoveredAt: at)
        }
        return found ?? nil
    }

    /// The day that an instant fell on, by each tenant's own time.
    package func days(of instant: Date, tenants: [Int64]) throws -> [Int64: CivilDate] {
        guard !tenants.isEmpty else { return [:] }
        var days: [Int64: CivilDate] = [:]
        try connection.rows(
            """
            SELECT tenant_id, (\(instant) AT TIME ZONE time_zone)::date AS day
            FROM tenant WHERE tenant_id = ANY (\(tenants))
            """
        ) { days[try $0["tenant_id"]] = try $0["day"] }
        return days
    }
}
