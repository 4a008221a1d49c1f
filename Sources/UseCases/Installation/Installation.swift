import FoundationEssentials
import Invoicing
package import Postgres
package import Runtime
import Schema
import Store
import Wire

/// What a program works with, opened from its settings: the database, the provider, the sender.
package enum Installation {
    /// Connects to a database that has the newest schema, and the tenant that is to be worked for:
    /// `--tenant` may name none only where it is about to be made.
    package static func connect(
        _ context: RunContext, program: String, makesTenant: Bool = false
    ) throws -> Connection {
        let connection = try open(
            context, program, statementSeconds: context.settings.databaseStatementSeconds)
        guard try Migrator(connection).pending().isEmpty else {
            throw UsageError(
                "the database is not up to date; run budstikke migrate", exit: .configuration)
        }
        if let now = try connection.first(
            "SELECT clock_timestamp() AS now", { try $0["now"] as Date })
        {
            context.clock.follow(now)
        }
        if let tenantID = context.tenantID, !makesTenant,
            try Tenants(connection).profiles([tenantID]).isEmpty
        {
            throw UsageError("--tenant \(tenantID): there is no such tenant", exit: .badInput)
        }
        return connection
    }

    /// Connects without asking for the schema: to migrate it, however long a step takes.
    package static func connectUnchecked(
        _ context: RunContext, program: String
    ) throws -> Connection {
        try open(context, program, statementSeconds: 0)
    }

    private static func open(
        _ context: RunContext, _ program: String, statementSeconds: Int
    ) throws -> Connection {
        try Connection(
            context.settings.database, applicationName: "budstikke-\(program)",
            limits: WaitLimits(
                lockSeconds: context.settings.databaseLockSeconds,
                statementSeconds: statementSeconds,
                secondsSinceStop: { [stop = context.stop] in stop.secondsSinceRequest }))
    }

    /// Who e-mail comes from.
    package static func sender(_ settings: Settings) throws -> SenderIdentity {
        guard let address = EmailAddress(settings.mail.fromAddress) else {
            throw ConfigurationError("mail.from_address: is not an e-mail address")
        }
        return SenderIdentity(
            address: address,
            messageIDDomain: settings.mail.messageIDDomain ?? String(address.domain))
    }

    /// Refuses to send from a database that belongs to another installation: a restored copy, or
    /// a clone for tests, must not send real invoices again.
    package static func checkInstallation(_ connection: Connection, settings: Settings) throws {
        let owner = try connection.first(
            "SELECT name FROM installation WHERE tenant_id = 0"
        ) { try $0["name"] as String }
        guard owner == settings.installation else {
            throw ConfigurationError(
                "installation: this database is that of \(owner.map { "'\($0)'" } ?? "none"), and"
                    + " the setting names \(settings.installation.map { "'\($0)'" } ?? "none");"
                    + " a copy must not send: run budstikke migrate --claim where it may")
        }
    }
}
