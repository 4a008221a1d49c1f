import FoundationEssentials
package import Postgres
package import Runtime
import Schema

/// Brings a database to the newest schema, says whose it is, and names the rows that stood there
/// before a rule that they break.
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
        let unsound = try UnsoundRows(connection).find()
        return RunSummary(
            job: "migrate",
            counts: [("applied", applied.count), ("unsound_rows", unsound.count)],
            failed: unsound.count,
            notes: applied.map { "step \($0.version) \($0.name)" } + unsound.map(Self.advice))
    }

    private static func advice(_ row: UnsoundRows.Finding) -> String {
        "\(row); mend the row, then run budstikke migrate again"
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
