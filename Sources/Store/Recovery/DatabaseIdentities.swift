package import Dispatching
package import FoundationEssentials
package import Postgres

/// The table database_identity: what this database is known by, and where it stood.
package struct DatabaseIdentities {
    package let connection: Connection

    package init(_ connection: Connection) {
        self.connection = connection
    }

    package struct Recorded: Hashable, Sendable {
        package var identity: UUID
        package var place: DatabasePlace
        package var recordedAt: Date
    }

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

    /// Where the database stands now.
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

    /// Gives the database an identity where it has none yet; another's that was quicker stays.
    package func adopt(_ place: DatabasePlace) throws {
        _ = try connection.execute(
            """
            INSERT INTO database_identity (tenant_id, identity, system_identifier, database_oid)
            VALUES (0, \(UUID()), \(place.systemIdentifier), \(place.databaseOID))
            ON CONFLICT ON CONSTRAINT database_identity_pk DO NOTHING
            """)
    }

    /// Gives the database another identity, as of now and here.
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
