import Foundation
import Postgres
import TestSupport
import Testing

/// Everything that can be said or set wrongly: the exit code, and one line that says what to do.
struct ErrorTests {
    /// A call that goes wrong; `FOLDER` stands for the installation's folder.
    struct Mistake {
        var name: String
        var call: [String]
        var exit: Int32
        var says: String
        var environment: [String: String] = [:]

        init(
            _ what: String, _ call: String, _ exit: Int32, says: String,
            _ environment: [String: String] = [:]
        ) {
            name = what
            self.call = call.split(separator: " ").map(String.init)
            self.exit = exit
            self.says = says
            self.environment = environment
        }
    }

    private static let secret = "SG.a-secret-that-nobody-sees"
    private static let address = "hemmelig.person@kunde.test"
    private static let noServer = ["BUDSTIKKE_DATABASE": "host=127.0.0.1 port=9 dbname=none"]
    private static let noProvider = ["BUDSTIKKE_PROVIDER_BASE_URL": "http://127.0.0.1:9"]

    private static let commandLines: [Mistake] = [
        Mistake("no such option", "send-dispatches --quickly", 64, says: "--quickly"),
        Mistake("no such command", "budstikke nonsense", 64, says: "see budstikke --help"),
        Mistake("a slip of a command", "budstikke lsit", 64, says: "did you mean list?"),
        Mistake("help with no such command", "budstikke help nonsense", 64, says: "'nonsense'"),
        Mistake("the runs of no such program", "budstikke runs --job send", 64, says: "--job send"),
        Mistake("no such date", "generate-invoices --as-of 2026-02-30", 64, says: "2026-02-30"),
        Mistake(
            "no such hour", "reconcile-bounces --since 2026-11-24T25:00:00Z", 64, says: "25:00"),
        Mistake(
            "a window that ends first",
            "reconcile-bounces --since 2026-11-24 --until 2026-11-23", 64, says: "--until"),
        Mistake("a tenant below one", "send-dispatches --tenant 0", 64, says: "above zero"),
        Mistake("a forecast of no days", "generate-invoices --forecast 0", 64, says: "1 to 366"),
        Mistake(
            "another provider", "reconcile-bounces --provider postmark", 64, says: "postmark"),
        Mistake("no such list", "budstikke list pending", 64, says: "ongoing"),
        Mistake("a list of nobody", "budstikke list mine", 64, says: "--user"),
        Mistake("nothing named", "budstikke resend", 64, says: "--invoice"),
        Mistake("no address", "budstikke lift kunde.test --reason x", 64, says: "kunde.test"),
        Mistake("no such tenant", "generate-invoices --tenant 99", 65, says: "no such tenant"),
        Mistake("no such tenant to send", "send-dispatches --tenant 99", 65, says: "99"),
        Mistake("no such tenant to list", "budstikke list --tenant 99", 65, says: "99"),
        Mistake(
            "no address to send to", "budstikke import none.xml --recipient nobody", 64,
            says: "--recipient"),
        Mistake(
            "no such invoice", "budstikke resend --invoice 999999 --reason x", 65, says: "999999"),
        Mistake("no reason", "budstikke resend --invoice 1", 64, says: "--reason: say why"),
        Mistake("a list of no such user", "budstikke list --user nobody", 65, says: "nobody"),
        Mistake(
            "to-dos of no such user", "budstikke todo --user nobody", 65, says: "no such user"),
        Mistake(
            "a bell of no such user", "budstikke notifications --user nobody", 65, says: "nobody"),
        Mistake("no such day of silence", "budstikke list --as-of 2026-11-24", 64, says: "--as-of"),
        Mistake("runs of a tenant", "budstikke runs --tenant 1", 64, says: "--tenant"),
        Mistake("so many pages", "reconcile-bounces --limit 3", 64, says: "--limit"),
        Mistake("no day ahead", "send-dispatches --future", 64, says: "--as-of"),
        Mistake("no such dispatch", "budstikke cancel 999999", 65, says: "999999"),
        Mistake("nothing to show", "budstikke show 999999", 65, says: "999999"),
        Mistake("no such to-do", "budstikke todo --dismiss 999999", 65, says: "999999"),
    ]

    private static let surroundings: [Mistake] = [
        Mistake("no database", "send-dispatches", 69, says: "127.0.0.1", noServer),
        Mistake("no database for the night", "generate-invoices", 69, says: "127.0.0.1", noServer),
        Mistake("no database for people", "budstikke list", 69, says: "127.0.0.1", noServer),
        Mistake("no provider to poll", "reconcile-bounces", 69, says: "sendgrid", noProvider),
        Mistake(
            "no provider to lift at", "budstikke lift \(address) --reason x", 69, says: "sendgrid",
            noProvider),
        Mistake(
            "no file of the key", "send-dispatches", 78, says: "provider.api_key_file",
            ["BUDSTIKKE_PROVIDER_API_KEY_FILE": "FOLDER/none"]),
        Mistake(
            "a key that others may read", "send-dispatches", 78, says: "chmod",
            ["BUDSTIKKE_PROVIDER_API_KEY_FILE": "FOLDER/open-key"]),
        Mistake(
            "a setting out of bounds", "send-dispatches", 78, says: "send.batch",
            ["BUDSTIKKE_SEND_BATCH": "many"]),
        Mistake(
            "a password among the settings", "send-dispatches", 78, says: "pgpass",
            ["BUDSTIKKE_DATABASE": "host=127.0.0.1 password=\(secret)"]),
        Mistake(
            "a connection string that is none", "send-dispatches", 78,
            says: "database: the connection string can't be read",
            ["BUDSTIKKE_DATABASE": "host=127.0.0.1 my \(secret)"]),
        Mistake(
            "a port with a slip in it", "budstikke list", 78, says: "database: can't connect",
            ["BUDSTIKKE_DATABASE": "host=127.0.0.1 port=5432\(secret)"]),
        Mistake(
            "no such service", "budstikke migrate", 78, says: "database: can't connect",
            ["BUDSTIKKE_DATABASE": "service=none", "PGSERVICEFILE": "FOLDER/notes.txt"]),
        Mistake(
            "a time-out without a unit", "budstikke list", 78, says: "database_lock_timeout",
            ["BUDSTIKKE_DATABASE_LOCK_TIMEOUT": "60"]),
        Mistake("no configuration", "send-dispatches --config FOLDER/none.yaml", 78, says: "none"),
        Mistake(
            "a key that is none", "send-dispatches --config FOLDER/unknown.yaml", 78,
            says: "send.batsh"),
        Mistake(
            "a configuration that is none", "send-dispatches --config FOLDER/broken.yaml", 78,
            says: "broken.yaml"),
    ]

    @Test func `a mistake ends with its exit code, and one line that says what it is`() throws {
        let installation = try Self.installation()
        for mistake in Self.commandLines + Self.surroundings {
            let run = try Self.run(mistake, installation)
            Self.expect(mistake, of: run)
            let lines = run.errors.split(separator: "\n")
            #expect(lines.count == 1, "\(mistake.name): \(run.errors)")
        }
    }

    private static let files: [Mistake] = [
        Mistake("a file that is not there", "none.csv", 65, says: "there is no file"),
        Mistake("a file of no kind", "notes.txt", 65, says: "notes.txt"),
        Mistake("not UTF-8", "latin/customers.csv", 65, says: "UTF-8"),
        Mistake("a row cut off", "short/customers.csv", 65, says: "customers.csv:2"),
        Mistake("an invoice cut off", "short.xml", 65, says: "short.xml"),
        Mistake("a DOCTYPE", "doctype.xml", 65, says: "DOCTYPE"),
        Mistake("an empty file", "empty.xml", 65, says: "empty.xml"),
    ]

    @Test func `a file that can't be taken is named, and nothing of it is taken`() throws {
        let installation = try Self.installation()
        let before = try installation.contents()
        for mistake in Self.files {
            var call = mistake
            call.call = ["budstikke", "import", "--tenant", "1", "FOLDER/\(mistake.call[0])"]
            let run = try Self.run(call, installation)
            Self.expect(mistake, of: run)
            let lines = run.errors.split(separator: "\n").count
            #expect(lines <= 2, "a line for it, and the count: \(run.errors)")
            #expect(try installation.contents() == before, "\(mistake.name)")
        }
    }

    // MARK: The installation that all of these are tried on

    private static func installation() throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        try FileHandle(forWritingTo: installation.folder.appending(path: "key"))
            .write(contentsOf: Data(secret.utf8))
        for (name, text) in [
            "open-key": secret, "unknown.yaml": "send:\n  batsh: 1\n",
            "broken.yaml": "send: [1,\n  'x\n", "notes.txt": "x", "empty.xml": "",
            "short/customers.csv": "tenant_id,number,name,email\n1,2,\"Kunde",
            "short.xml":
                "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\">",
            "doctype.xml": "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
        ] {
            _ = try installation.write(text, to: name)
        }
        let latin = try installation.write("", to: "latin/customers.csv")
        try Data("tenant_id,number,name\n1,2,Bl".utf8 + [0xE5, 0x0A])
            .write(to: URL(filePath: latin))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644],
            ofItemAtPath: installation.folder.appending(path: "open-key").path())
        return installation
    }

    private static func run(_ mistake: Mistake, _ installation: TestInstallation) throws
        -> ProgramRun
    {
        let folder = installation.folder.path()
        func placed(_ text: String) -> String { text.replacing("FOLDER", with: folder) }
        let arguments = mistake.call.dropFirst().map(placed)
        let environment = mistake.environment.mapValues(placed)
        guard !arguments.contains("--config") else {
            return try ProgramRun.run(mistake.call[0], arguments, environment: environment)
        }
        return try installation.run(mistake.call[0], arguments, environment: environment)
    }

    private static func expect(_ mistake: Mistake, of run: ProgramRun) {
        #expect(run.exitCode == mistake.exit, "\(mistake.name): \(run.errors)")
        #expect(run.errors.contains(mistake.says), "\(mistake.name): \(run.errors)")
        let all = run.errors + run.output
        for leak in [
            "Fatal error", "Swift/", ".swift:", "0x0000", "Optional(", "PostgresError(", secret,
            address,
        ] {
            #expect(!all.contains(leak), "\(mistake.name): \(leak) in \(all)")
        }
    }
}
