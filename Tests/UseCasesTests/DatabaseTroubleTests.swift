import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// Every kind of trouble that a server tells by a code ends the run by what can be done about it.
struct DatabaseTroubleTests {
    private static let states: [(String, BudstikkeExit)] = [
        ("08006", .unavailable), ("0A000", .bug), ("22012", .bug), ("23505", .bug),
        ("25006", .unavailable), ("28000", .configuration), ("3D000", .configuration),
        ("3F000", .configuration), ("40001", .tryAgain), ("40P01", .tryAgain),
        ("42501", .configuration), ("42601", .bug), ("42703", .bug), ("42P01", .configuration),
        ("53100", .inputOutput), ("53200", .tryAgain), ("53300", .tryAgain),
        ("53400", .configuration), ("54000", .bug), ("55006", .tryAgain), ("55P03", .tryAgain),
        ("57014", .tryAgain), ("57P01", .unavailable), ("57P02", .unavailable),
        ("57P03", .unavailable), ("57P05", .tryAgain), ("58030", .inputOutput),
        ("F0000", .configuration), ("P0001", .bug), ("XX000", .unavailable),
        ("XX001", .inputOutput), ("XX002", .inputOutput),
    ]

    @Test func `each trouble that the server tells of has its exit code`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        for (state, exit) in Self.states {
            try company.connection.run(
                script: """
                    CREATE OR REPLACE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'trouble' USING ERRCODE = '\(state)'; END $$;
                    CREATE OR REPLACE TRIGGER trouble BEFORE INSERT ON job_run
                        FOR EACH ROW EXECUTE FUNCTION trouble()
                    """)
            let run = company.run { connection, context, _ in
                try RecordedRun.run("generate-invoices", connection: connection, context: context) {
                    RunSummary(job: "generate-invoices", counts: [], failed: 0)
                }
            }
            #expect(run.exit == exit && run.error.contains(state), "\(state): \(run)")
        }
    }
}
