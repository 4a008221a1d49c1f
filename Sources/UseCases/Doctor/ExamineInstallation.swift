import Dispatching
import FoundationEssentials
import Postgres
import Schema
import Store
package import Runtime

/// Whether the installation works, from the database up to the provider: `budstikke doctor`.
///
/// One fault hides no other: every check that can be made is, and the others say why not.
package struct ExamineInstallation {
    let context: RunContext

    package init(context: RunContext) {
        self.context = context
    }

    /// Runs all checks.
    /// - Parameters:
    ///   - comparesLists: Whether the provider's lists are compared with their mirror, which reads
    ///     them in full.
    ///   - isOffline: Whether nobody but the database is asked.
    /// - Returns: The checks, from the bottom of the system to the top.
    package func run(comparesLists: Bool, isOffline: Bool) -> [HealthCheck] {
        SettingsChecks(settings: context.settings).run() + [TimerCheck().run()]
            + database(comparesLists: comparesLists)
            + (isOffline ? [] : ProviderChecks(context: context).run())
    }

    private func database(comparesLists: Bool) -> [HealthCheck] {
        let connected = Result {
            try Installation.connectUnchecked(
                context, program: "doctor",
                statementSeconds: context.settings.databaseStatementSeconds)
        }
        guard case .success(let connection) = connected else {
            return [database(connected)] + Self.skipped("the database can't be reached")
        }
        let server = ServerChecks(connection: connection, context: context)
        let schema = server.schema()
        guard schema.isSound else {
            return [database(connected)] + server.run() + [schema]
                + Self.skipped("the schema is not this program's")
        }
        let now = server.now() ?? Date()
        context.clock.follow(now)
        return [database(connected)] + server.run() + [schema, server.role()]
            + CheckHealth(connection: connection, context: context).run()
            + OperationChecks(connection: connection, context: context, now: now).run()
            + (comparesLists ? [lists(connection)] : [])
    }

    private func database(_ connected: Result<Connection, any Error>) -> HealthCheck {
        HealthCheck.attempt(
            "database", "the database can be reached",
            mend: "see database: in the configuration, and systemctl status postgresql"
        ) {
            _ = try connected.get()
            return []
        }
    }

    private func lists(_ connection: Connection) -> HealthCheck {
        let name = "suppressions"
        do {
            let provider = try MailAccount.lifting(
                context.settings, MailAccount.Marks(connection), stop: context.stop)
            return try CheckSuppressions(connection: connection, provider: provider).run()
        } catch {
            return HealthCheck(
                name: name, what: "our lists are the provider's",
                findings: [ProgramFailure.explain(error).line])
        }
    }

    private static func skipped(_ why: String) -> [HealthCheck] {
        var check = HealthCheck(
            name: "content", what: "roles, rows, invariants, runs and queues", findings: [])
        check.skipped = why
        return [check]
    }
}
