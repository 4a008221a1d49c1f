import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// Which runs have a line of their own, and which are counted with those before them.
struct RecordedRunTests {
    private static func run(_ company: TestCompany, _ summary: RunSummary) {
        _ = company.run { connection, context, _ in
            try RecordedRun.run("send-dispatches", connection: connection, context: context) {
                summary
            }
        }
    }

    private static func summary(sent: Int = 0, failed: Int = 0, notes: [String] = []) -> RunSummary
    {
        RunSummary(job: "send-dispatches", counts: [("sent", sent)], failed: failed, notes: notes)
    }

    @Test func `only a run with nothing to do and nothing to say shares its line`() throws {
        let company = try TestCompany()
        var troubled = Self.summary()
        troubled.trouble = UsageError("the provider is down", exit: .unavailable)
        let runs = [
            Self.summary(), Self.summary(), Self.summary(sent: 1), Self.summary(),
            Self.summary(failed: 1), Self.summary(notes: ["paused"]), troubled, Self.summary(),
            Self.summary(),
        ]
        for run in runs { Self.run(company, run) }
        let lines = try company.lines(
            """
            SELECT concat_ws(' ', exit_code, idle_runs) AS line FROM job_run_list
            ORDER BY started_at
            """)
        #expect(lines == ["0 2", "0 0", "0 1", "1 0", "0 0", "69 0", "0 2"])
        let listing = try RunLists(connection: company.connection, context: company.context())
            .runs(job: nil)
        #expect(listing.rows.count == 7)
    }
}
