import FoundationEssentials
import Invoicing
import Schema
import Store
import Wire
package import Dispatching
package import Postgres
package import Runtime

/// Checks the set-up and every invariant: the oracle of every test and crash run.
package struct CheckHealth {
    /// A lease may be over for this long before it is called stuck: a few runs of the sender.
    static let leaseGraceSeconds = 900

    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// One check: what it is, and what breaks it.
    package struct Check: Sendable {
        package var name: String
        package var what: String
        package var findings: [String]
        /// What breaks nothing, and a person should know; empty where there is nothing.
        package var note = ""

        package var isSound: Bool { findings.isEmpty }

        package var text: String {
            isSound
                ? "ok      \(name): \(what)" + (note.isEmpty ? "" : "; \(note)")
                : "BROKEN  \(name): \(what); \(findings.joined(separator: "; "))"
        }

        package var json: String {
            "{\"check\":\(name.quotedAsJSON),\"sound\":\(isSound),"
                + "\"findings\":[\(findings.map(\.quotedAsJSON).joined(separator: ","))]"
                + (note.isEmpty ? "}" : ",\"note\":\(note.quotedAsJSON)}")
        }
    }

    package func run() throws -> [Check] {
        let invariants = try Invariants(connection).check(
            leaseGraceSeconds: Self.leaseGraceSeconds)
        return setup()
            + invariants.map {
                Check(name: $0.name, what: $0.what, findings: $0.brokenBy)
            } + [try unread()]
    }

    /// What came back and nobody could read breaks nothing here: anybody may send us a mail.
    private func unread() throws -> Check {
        let count = try UnreadReports(connection).count()
        var check = Check(
            name: "unread", what: "what came back and can't be read is kept", findings: [])
        if count.unread > 0 {
            check.note =
                "\(count.unread) unread, \(count.ofDispatches) of them about a dispatch:"
                + " see budstikke list unread"
        }
        return check
    }

    private func setup() -> [Check] {
        [
            check("sender", "the sending address is one") {
                _ = try Installation.sender(context.settings)
            },
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
                _ = try MailAccount.sending(context.settings, marks)
                _ = try MailAccount.reconciling(context.settings, marks)
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

    private func check(_ name: String, _ what: String, _ body: () throws -> Void) -> Check {
        do {
            try body()
            return Check(name: name, what: what, findings: [])
        } catch {
            return Check(name: name, what: what, findings: ["\(error)"])
        }
    }
}

/// Rows that stood there before a rule that they break, each with what mends it.
private struct UnsoundRowsError: Error, CustomStringConvertible {
    var rows: [UnsoundRows.Finding]

    var description: String {
        rows.map(\.description).joined(separator: "; ")
            + "; mend them, then run budstikke migrate"
    }
}

/// Compares the mirror of the provider's lists with the lists themselves.
///
/// An address that only the mirror has is kept from mail for nothing; one that only the provider
/// has is sent to in vain.
package struct CheckSuppressions {
    /// How many of each kind are named.
    static let namedMax = 20

    let connection: Connection
    let provider: any MailProvider

    package init(connection: Connection, provider: any MailProvider) {
        self.connection = connection
        self.provider = provider
    }

    package func run() throws -> CheckHealth.Check {
        var check = CheckHealth.Check(
            name: "suppressions", what: "our lists of \(provider.name) are \(provider.name)'s",
            findings: [])
        var atProvider: Set<Entry> = []
        let hasLists = try provider.listedSuppressions { page in
            atProvider.formUnion(page.map { Entry(list: $0.list, key: $0.address.lowercased()) })
        }
        guard hasLists else {
            check.what = "\(provider.name) keeps no lists"
            return check
        }
        let mirrored = Set(
            try Suppressions(connection).allActive(provider: provider.name)
                .map { Entry(list: $0.list, key: $0.address.lowercased()) })
        check.findings =
            Self.named(mirrored.subtracting(atProvider)) {
                "\($0.key) is not on \($0.list) any more: budstikke lift \($0.key)"
            }
            + Self.named(atProvider.subtracting(mirrored)) {
                "\($0.key) is on \($0.list), and not here: reconcile-bounces --since the day"
                    + " that it was listed"
            }
        return check
    }

    private struct Entry: Hashable {
        var list: String
        var key: String
    }

    private static func named(
        _ entries: Set<Entry>, _ words: (Entry) -> String
    ) -> [String] {
        let sorted = entries.sorted { ($0.list, $0.key) < ($1.list, $1.key) }
        let rest = sorted.count - namedMax
        return sorted.prefix(namedMax).map(words) + (rest > 0 ? ["and \(rest) more"] : [])
    }
}
