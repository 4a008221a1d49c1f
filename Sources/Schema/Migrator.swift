package import Postgres

/// Brings a database to the newest step of the schema; running it again changes nothing.
package struct Migrator {
    private let connection: Connection
    private let migrations: [Migration]

    package init(_ connection: Connection, migrations: [Migration] = Migration.all) {
        self.connection = connection
        self.migrations = migrations
    }

    /// Applies the missing steps, each in a transaction of its own, and marks as valid the rules
    /// that no row breaks.
    /// - Returns: the steps that were applied.
    package func migrate() throws -> [Migration] {
        try MigratingRole(connection).check()
        try connection.transaction { try prepare() }
        var applied: [Migration] = []
        for migration in migrations {
            let isNew = try connection.transaction {
                try lock()
                let known = try recorded()
                try check(known)
                guard known[migration.version] == nil else { return false }
                try connection.run(script: migration.sql)
                try record(migration)
                return true
            }
            if isNew { applied.append(migration) }
        }
        try UnsoundRows(connection).validate()
        return applied
    }

    /// The missing steps; throws where the database is not one of Budstikke's, or is newer than the
    /// program.
    package func pending() throws -> [Migration] {
        let exists = try connection.first(
            "SELECT to_regclass('budstikke.schema_migration') IS NOT NULL AS found"
        ) { try $0["found"] as Bool }
        guard exists == true else { return migrations }
        let known = try recorded()
        try check(known)
        return migrations.filter { known[$0.version] == nil }
    }

    /// Makes a concurrent migration wait, however long this one takes; the limit on lock waits is
    /// for tables that others use.
    ///
    /// It is the only advisory lock in Budstikke, and guards no data.
    private func lock() throws {
        let limit = try connection.first("SELECT current_setting('lock_timeout') AS value") {
            try $0["value"] as String
        }
        try connection.run(script: "SET LOCAL lock_timeout = 0")
        try connection.execute("SELECT pg_advisory_xact_lock(4271996032)")
        try connection.execute("SELECT set_config('lock_timeout', \(limit ?? "0"), true)")
    }

    private func prepare() throws {
        try lock()
        let hasSchema = try connection.first(
            "SELECT to_regnamespace('budstikke') IS NOT NULL AS found"
        ) { try $0["found"] as Bool }
        // Even where it is there, the command needs a right to the whole database.
        if hasSchema != true { try connection.run(script: "CREATE SCHEMA budstikke") }
        try connection.run(
            script: """
                CREATE TABLE IF NOT EXISTS budstikke.schema_migration (
                    tenant_id bigint NOT NULL DEFAULT 0,
                    version int NOT NULL,
                    name text NOT NULL,
                    sha256 bytea NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT now(),
                    CONSTRAINT schema_migration_pk PRIMARY KEY (tenant_id, version)
                );
                COMMENT ON TABLE budstikke.schema_migration IS
                    'The steps of the schema that have been applied, with the checksum of each.';
                """)
    }

    private func recorded() throws -> [Int: [UInt8]] {
        var known: [Int: [UInt8]] = [:]
        try connection.rows(
            "SELECT version, sha256 FROM budstikke.schema_migration WHERE tenant_id = 0"
        ) { known[try $0["version"]] = try $0["sha256"] as [UInt8] }
        return known
    }

    private func check(_ known: [Int: [UInt8]]) throws {
        for (version, sha256) in known.sorted(by: { $0.key < $1.key }) {
            guard let migration = migrations.first(where: { $0.version == version }) else {
                throw MigrationError.newerDatabase(version: version)
            }
            guard migration.sha256 == sha256 else {
                throw MigrationError.changedStep(version: version, name: migration.name)
            }
        }
    }

    private func record(_ migration: Migration) throws {
        try connection.execute(
            """
            INSERT INTO budstikke.schema_migration (tenant_id, version, name, sha256)
            VALUES (0, \(migration.version), \(migration.name), \(migration.sha256))
            """)
    }
}

/// Why a database can't be brought up to date.
package enum MigrationError: Error, Hashable, CustomStringConvertible {
    /// The database has a step that this program does not know.
    case newerDatabase(version: Int)
    /// An applied step differs from the one of that number in this program.
    case changedStep(version: Int, name: String)
    /// The schema, or the database where there is none yet, belongs to another role.
    case notTheOwner(role: String, owner: String)
    /// Roles that the steps grant rights to do not exist, and this one may not make any.
    case missingRoles(role: String, missing: [String])

    package var description: String {
        switch self {
        case .newerDatabase(let version):
            "the database is at step \(version), which this program does not know;"
                + " use the newer program that made it"
        case .changedStep(let version, let name):
            "step \(version) (\(name)) is not the one that was applied to this database;"
                + " use the program that applied it"
        case .notTheOwner(let role, let owner):
            "the role \(role) can't migrate: the tables are \(owner)'s; run it as a user who logs in"
                + " as that role"
        case .missingRoles(let role, let missing):
            "the role \(role) may not make \(missing.joined(separator: ", "));"
                + " have an administrator of the server run roles.sql, then migrate again"
        }
    }
}
