import FoundationEssentials
package import Postgres
package import Runtime
import Schema

/// Brings a database to the newest schema, and says whose it is.
package struct MigrateDatabase {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    package func run(claim: Bool) throws -> RunSummary {
        let migrator = Migrator(connection)
        if context.isDryRun {
            let pending = try migrator.pending()
            return RunSummary(
                job: "migrate", counts: [("would_apply", pending.count)], failed: 0,
                notes: pending.map { "step \($0.version) \($0.name)" })
        }
        let applied = try migrator.migrate()
        if claim { try claimInstallation() }
        return RunSummary(
            job: "migrate", counts: [("applied", applied.count)], failed: 0,
            notes: applied.map { "step \($0.version) \($0.name)" })
    }

    private func claimInstallation() throws {
        guard let name = context.settings.installation else {
            throw ConfigurationError("installation: name this installation, then claim")
        }
        try connection.execute(
            """
            INSERT INTO installation (tenant_id, name) VALUES (0, \(name))
            ON CONFLICT ON CONSTRAINT installation_pk DO UPDATE SET name = excluded.name
            """)
    }
}
