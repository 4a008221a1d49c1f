import Foundation
import Postgres
import TestSupport
import Testing

/// What people are told of faults: ahead, when they appear, and when they are mended; each once.
struct ForecastTests {
    private static let recipients = ["ok-1@kunde.test", "ok-2@kunde.test"]

    @Test func `a forecast mails what will fail, and changes nothing else`() throws {
        let night = try Self.broken()
        let kept = ["dispatch", "dispatch_message", "dispatch_queue", "job_run", "sender_mark"]
        let before = try night.contents(except: kept)
        let run = try night.run("generate-invoices", "--as-of", "2026-10-25", "--forecast", "14")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.contains("\"will_fail\":2,"), "\(run.output)")
        #expect(try Self.mailed(night, "forecast") == 1)
        #expect(try night.contents(except: kept) == before)
        let others = try night.count(
            "SELECT count(*) AS count FROM dispatch WHERE purpose <> 'forecast'")
        #expect(others == 0)
        #expect(try Self.newest(night).contains("A1"), "named by agreement: no number is given yet")
        _ = try night.run("send-dispatches")
        #expect(try night.ledger().accepted == 1)
    }

    @Test func `a forecast says the same only once`() throws {
        let night = try Self.broken()
        for day in ["2026-10-25", "2026-10-26", "2026-10-27"] {
            let run = try night.run("generate-invoices", "--as-of", day, "--forecast", "14")
            #expect(run.exitCode == 0, "\(run.errors)")
        }
        #expect(try Self.mailed(night, "forecast") == 1)
    }

    @Test func `a forecast of sound agreements and a dry run mail nothing`() throws {
        let night = try Night()
        try night.importCompany(recipients: Self.recipients)
        let before = try night.contents(except: ["job_run"])
        for further in [[], ["--dry-run"]] {
            let run = try night.run(
                "generate-invoices", ["--as-of", "2026-10-25", "--forecast", "14"] + further)
            #expect(run.exitCode == 0)
            #expect(run.output.contains("\"forecasts\":0"), "\(run.output)")
        }
        #expect(try night.contents(except: ["job_run"]) == before)
    }

    @Test func `a fault is mailed once when it appears and once when it is mended`() throws {
        let night = try Self.broken()
        for day in ["02", "03", "04"] {
            _ = try night.run("generate-invoices", "--as-of", "2026-11-\(day)")
        }
        #expect(try Self.mailed(night, "fault_report") == 1)
        let todos: Query = "SELECT count(*) AS count FROM todo WHERE closed_at IS NULL"
        #expect(try night.count(todos) == 2)

        let form = Company.files(recipients: Self.recipients)["form_setup.csv"] ?? ""
        let path = try night.write(form, to: "mended/form_setup.csv")
        #expect(try night.run("budstikke", "import", path).exitCode == 0)
        for day in ["05", "06"] {
            _ = try night.run("generate-invoices", "--as-of", "2026-11-\(day)")
        }
        #expect(try Self.mailed(night, "fault_report") == 2)
        let invoices: Query =
            "SELECT count(*) AS count FROM dispatch WHERE purpose = 'invoice' AND state = 'queued'"
        #expect(try night.count(invoices) == 0, "the user creates the dispatch anew")
        let run = try night.run("budstikke", "resend", "--all-mended")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try night.count(invoices) == 2)
        try night.drain()
        try night.settle()
        #expect(try night.count(todos) == 0)
        #expect(try night.problems(invoices: 2) == [])
    }

    /// A company whose form template is missing in the form setup.
    private static func broken() throws -> Night {
        let night = try Night()
        try night.importCompany(recipients: recipients)
        try night.database.connect().execute("DELETE FROM form_setup")
        return night
    }

    private static func mailed(_ night: Night, _ purpose: String) throws -> Int {
        try night.count("SELECT count(*) AS count FROM dispatch WHERE purpose = \(purpose)")
    }

    private static func newest(_ night: Night) throws -> String {
        try night.lines("SELECT body_text AS line FROM dispatch_message").joined()
    }
}
