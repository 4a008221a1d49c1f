package import Dispatching
package import FoundationEssentials
package import Invoicing
package import Postgres

/// The table recovery: when the database was released after being restored to an earlier state.
package struct Recoveries {
    /// How many days a recovery is taken into account: no provider keeps its logs longer.
    static let doubtedDays = 45

    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// A recovery of the database: its time, and what was lost.
    package struct Recovery: Hashable, Sendable {
        package var lost: LostTime
        /// When an operator released the database.
        package var recoveredAt: Date

        package init(lost: LostTime, recoveredAt: Date) {
            self.lost = lost
            self.recoveredAt = recoveredAt
        }
    }

    /// Records a recovery.
    package func write(_ recovery: Recovery) throws {
        _ = try connection.execute(
            """
            INSERT INTO recovery (tenant_id, recovery_id, recovered_at, lost_since, lost_until)
            VALUES (0, \(UUID()), \(recovery.recoveredAt), \(recovery.lost.since),
                \(recovery.lost.until))
            """)
    }

    /// The time lost by recent recoveries, as one range; nil where there are none.
    ///
    /// For a database that was restored twice the range includes the time in between, which was not
    /// lost: that costs only a look-up.
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

    /// The date of an instant in each tenant's time zone.
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

/// The table database_identity: the database's identity and its last known place.
package struct DatabaseIdentities {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The place of the database when it last ran.
    package struct Recorded: Hashable, Sendable {
        /// Identifies the database across machines and restarts.
        package var identity: UUID
        /// Where it stood at that time.
        package var place: DatabasePlace
        /// When this was recorded.
        package var recordedAt: Date
    }

    /// The recorded identity; nil before the first run.
    package func recorded() throws -> Recorded? {
        try connection.first(
            """
            SELECT identity, system_identifier, database_oid, recorded_at
            FROM database_identity WHERE tenant_id = 0
            """
        ) { row in
            Recorded(
                identity: try row["identity"],
                place: DatabasePlace(
                    systemIdentifier: try row["system_identifier"],
                    databaseOID: try row["database_oid"]),
                recordedAt: try row["recorded_at"])
        }
    }

    /// The database's current place.
    package func place() throws -> DatabasePlace {
        let mayAsk =
            try connection.first(
                "SELECT has_function_privilege('pg_control_system()', 'EXECUTE') AS allowed"
            ) { try $0["allowed"] as Bool } ?? false
        let system: Int64? =
            mayAsk
            ? try connection.first("SELECT system_identifier FROM pg_control_system()") {
                try $0["system_identifier"]
            } : nil
        let oid: Int64? = try connection.first(
            "SELECT oid::bigint AS oid FROM pg_database WHERE datname = current_database()"
        ) { try $0["oid"] }
        return DatabasePlace(systemIdentifier: system, databaseOID: oid ?? 0)
    }

    /// Gives the database an identity if it has none; one that another process wrote first stays.
    package func adopt(_ place: DatabasePlace) throws {
        _ = try connection.execute(
            """
            INSERT INTO database_identity (tenant_id, identity, system_identifier, database_oid)
            VALUES (0, \(UUID()), \(place.systemIdentifier), \(place.databaseOID))
            ON CONFLICT ON CONSTRAINT database_identity_pk DO NOTHING
            """)
    }

    /// Gives the database a new identity, as of now and in this place.
    package func renew(_ place: DatabasePlace) throws -> UUID {
        let identity = UUID()
        _ = try connection.execute(
            """
            INSERT INTO database_identity (tenant_id, identity, system_identifier, database_oid)
            VALUES (0, \(identity), \(place.systemIdentifier), \(place.databaseOID))
            ON CONFLICT ON CONSTRAINT database_identity_pk DO UPDATE
            SET identity = excluded.identity, system_identifier = excluded.system_identifier,
                database_oid = excluded.database_oid, recorded_at = now()
            """)
        return identity
    }
}

/// The table sender_mark: how far each machine's state directory has come with this database.
package struct SenderMarks {
    /// A mark that was not increased for this long is deleted: its state directory no longer
    /// exists.
    static let keptDays = 400

    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What the database knows about a machine's marks; `stateID` nil for a machine without one.
    package func held(by stateID: UUID?) throws -> HeldMarks {
        try connection.first(
            """
            SELECT max(counter) FILTER (WHERE state_id = \(stateID)) AS own,
                coalesce(max(counter), 0) AS highest
            FROM sender_mark WHERE tenant_id = 0
            """
        ) { HeldMarks(own: try $0["own"], highest: try $0["highest"]) }
            ?? HeldMarks(own: nil, highest: 0)
    }

    /// Increases the mark of a state directory above all others; nil where it has none.
    ///
    /// A row that is locked by another run on the same machine is waited for, and read again.
    package func raise(_ stateID: UUID) throws -> Int64? {
        try connection.first(
            """
            UPDATE sender_mark
            SET marked_at = now(), counter = 1 + greatest(
                counter, (SELECT max(m.counter) FROM sender_mark AS m WHERE m.tenant_id = 0))
            WHERE tenant_id = 0 AND state_id = \(stateID)
            RETURNING counter
            """
        ) { try $0["counter"] }
    }

    /// Creates the first mark of a state directory, above all others.
    package func begin(_ stateID: UUID) throws -> Int64 {
        _ = try connection.execute(
            """
            DELETE FROM sender_mark
            WHERE tenant_id = 0 AND marked_at < now() - make_interval(days => \(Self.keptDays)::int)
                AND counter < (SELECT max(counter) FROM sender_mark WHERE tenant_id = 0)
            """)
        return try connection.first(
            """
            INSERT INTO sender_mark (tenant_id, state_id, counter, marked_at)
            SELECT 0, \(stateID), 1 + coalesce(max(counter), 0), now()
            FROM sender_mark WHERE tenant_id = 0
            RETURNING counter
            """
        ) { try $0["counter"] } ?? 0
    }

    /// When the newest mark was written: everything sent until then is known here; nil for no
    /// marks.
    package func newest() throws -> Date? {
        let newest = try connection.first(
            "SELECT max(marked_at) AS newest FROM sender_mark WHERE tenant_id = 0"
        ) { try $0["newest"] as Date? }
        return newest ?? nil
    }

    /// Deletes all marks, which belong to an identity that no longer exists.
    package func clear() throws {
        _ = try connection.execute("DELETE FROM sender_mark WHERE tenant_id = 0")
    }
}
