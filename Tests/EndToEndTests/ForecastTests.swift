import Foundation
import Postgres
import TestSupport
import Testing

/// What people are told of faults: ahead, when they appear, and when they are mended; each once.
struct ForecastTests {
    private static let recipients = ["ok-1@kunde.test", "ok-2@kunde.test"]

    @Test func `a forecast mails what will fail, and changes nothing else`() throws {
        let installation = try Self.broken()
        let kept = ["dispatch", "dispatch_message", "dispatch_queue", "job_run", "sender_mark"]
        let before = try installation.contents(except: kept)
        let run = try installation.run(
            "generate-invoices", "--as-of", "2026-10-25", "--forecast", "14")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.contains("\"will_fail\":2,"), "\(run.output)")
        #expect(try Self.mailed(installation, "forecast") == 1)
        #expect(try installation.contents(except: kept) == before)
        let others = try installation.count(
            "SELECT count(*) AS count FROM dispatch WHERE purpose <> 'forecast'")
        #expect(others == 0)
        #expect(
            try Self.newest(installation).contains("A1"),
            "named by agreement: no number is given yet")
        _ = try installation.run("send-dispatches")
        #expect(try installation.ledger().accepted == 1)
    }

    @Test func `a forecast says the same only once`() throws {
        let installation = try Self.broken()
        for day in ["2026-10-25", "2026-10-26", "2026-10-27"] {
            let run = try installation.run("generate-invoices", "--as-of", day, "--forecast", "14")
            #expect(run.exitCode == 0, "\(run.errors)")
        }
        #expect(try Self.mailed(installation, "forecast") == 1)
    }

    @Test func `a forecast of sound agreements and a dry run mail nothing`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: Self.recipients)
        let before = try installation.contents(except: ["job_run"])
        for further in [[], ["--dry-run"]] {
            let run = try installation.run(
                "generate-invoices", ["--as-of", "2026-10-25", "--forecast", "14"] + further)
            #expect(run.exitCode == 0)
            #expect(run.output.contains("\"forecasts\":0"), "\(run.output)")
        }
        #expect(try installation.contents(except: ["job_run"]) == before)
    }

    @Test func `a fault is mailed once when it appears and once when it is mended`() throws {
        let installation = try Self.broken()
        for day in ["02", "03", "04"] {
            _ = try installation.run("generate-invoices", "--as-of", "2026-11-\(day)")
        }
        #expect(try Self.mailed(installation, "fault_report") == 1)
        let todos: Query = "SELECT count(*) AS count FROM todo WHERE closed_at IS NULL"
        #expect(try installation.count(todos) == 2)

        let form = Company.files(recipients: Self.recipients)["form_setup.csv"] ?? ""
        let path = try installation.write(form, to: "mended/form_setup.csv")
        #expect(try installation.run("budstikke", "import", path).exitCode == 0)
        for day in ["05", "06"] {
            _ = try installation.run("generate-invoices", "--as-of", "2026-11-\(day)")
        }
        #expect(try Self.mailed(installation, "fault_report") == 2)
        let invoices: Query =
            "SELECT count(*) AS count FROM dispatch WHERE purpose = 'invoice' AND state = 'queued'"
        #expect(try installation.count(invoices) == 0, "the user creates the dispatch anew")
        let run = try installation.run("budstikke", "resend", "--all-mended")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try installation.count(invoices) == 2)
        try installation.drain()
        try installation.settle()
        #expect(try installation.count(todos) == 0)
        #expect(try installation.problems(invoices: 2) == [])
    }

    /// A company whose form template is missing in the form setup.
    private static func broken() throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: recipients)
        try installation.database.connect().execute("DELETE FROM form_setup")
        return installation
    }

    private static func mailed(_ installation: TestInstallation, _ purpose: String) throws -> Int {
        try installation.count("SELECT count(*) AS count FROM dispatch WHERE purpose = \(purpose)")
    }

    private static func newest(_ installation: TestInstallation) throws -> String {
        try installation.lines("SELECT body_text AS line FROM dispatch_message").joined()
    }
}
