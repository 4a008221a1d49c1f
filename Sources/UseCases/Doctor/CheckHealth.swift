import Dispatching
import FoundationEssentials
import Invoicing
import Schema
import Store
import Wire
package import Postgres
package import Runtime

/// Checks the set-up and every invariant; tests and crash runs use it as their oracle.
package struct CheckHealth {
    /// How many seconds a lease may be overdue before it counts as stuck: a few runs of the sender.
    static let leaseGraceSeconds = 900

    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// Runs all checks; one that can't be made, as for a privilege that is missing, says so.
    package func run() -> [HealthCheck] {
        setup() + invariants() + [unread()]
    }

    private func invariants() -> [HealthCheck] {
        do {
            return try Invariants(connection).check(leaseGraceSeconds: Self.leaseGraceSeconds)
                .map {
                    HealthCheck(
                        name: $0.name, what: $0.what, findings: $0.brokenBy,
                        note: $0.unfinished ?? "")
                }
        } catch {
            return [
                HealthCheck.attempt("invariants", "the invariants can be checked") { throw error }
            ]
        }
    }

    /// Unparsed reports are no defect of the installation: anybody may send us a mail.
    private func unread() -> HealthCheck {
        var note = ""
        var check = HealthCheck.attempt("unread", "what came back and can't be read is kept") {
            let count = try UnreadReports(connection).count()
            if count.unread > 0 {
                note =
                    "\(count.unread) unread, \(count.ofDispatches) of them about a dispatch:"
                    + " see budstikke list unread"
            }
            return []
        }
        check.note = note
        return check
    }

    private func setup() -> [HealthCheck] {
        [
            check("installation", "this database is this installation's") {
                try Installation.checkInstallation(connection, settings: context.settings)
            },
            check("recovery", "this database is the one that sent until now") {
                try checkDatabaseStatus()
            },
            check("rows", "every row holds what the programs can carry") {
                let unsound = try UnsoundRows(connection).find()
                guard unsound.isEmpty else { throw UnsoundRowsError(rows: unsound) }
            },
            check("keys", "the provider's keys can be read, and by nobody else") {
                let marks = try MailAccount.Marks(connection)
                _ = try MailAccount.sending(context.settings, marks, stop: context.stop)
                _ = try MailAccount.reconciling(context.settings, marks, stop: context.stop)
            },
            check("logos", "the program that draws logos is here, and draws") {
                try LogoDrawer.check(context)
            },
        ]
    }

    private func checkDatabaseStatus() throws {
        let directory = try StateDirectory.find(setting: context.settings.stateDirectory)
        let status = try DatabaseView.look(connection, directory).status
        guard let refusal = status.refusal else { return }
        let isFenced = status != .copy || context.settings.installation != nil
        throw ConfigurationError(
            isFenced
                ? refusal
                : "\(refusal); nothing else tells this copy from the original, since installation:"
                    + " is not set")
    }

    private func check(
        _ name: String, _ what: String, mend: String = "", _ body: () throws -> Void
    ) -> HealthCheck {
        HealthCheck.attempt(name, what, mend: mend) {
            try body()
            return []
        }
    }
}

/// Rows older than a rule that they violate, each with the remedy.
private struct UnsoundRowsError: Error, CustomStringConvertible {
    var rows: [UnsoundRows.Finding]

    var description: String {
        rows.map(\.description).joined(separator: "; ")
            + "; mend them, then run budstikke migrate"
    }
}
