import Foundation
import Postgres
import TestSupport
import Testing

/// What a run does of that which was missed, and of that which fails.
struct CatchUpTests {
    @Test func `catch_up_max holds for a run, whatever shares its batch`() throws {
        let installation = try TestInstallation(settings: "generate: {batch: 64}")
        try installation.importCompany(
            recipients: (1...4).map { "ok-\($0)@kunde.test" }, tenants: Array(1...70))
        // Rows alone: 29 months, and at most the 12 that a tenant has by default.
        try installation.database.connect().run(
            script: """
                UPDATE recurring_invoice
                SET anchor_date = '2024-07-01', automatic_dispatch = false
                """)
        func spread() throws -> [String] {
            try installation.lines(
                """
                SELECT concat_ws(' ', count(*), min(made), max(made)) AS line
                FROM (SELECT count(*) AS made FROM invoice
                    GROUP BY tenant_id, recurring_invoice_number) AS a
                """)
        }
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        #expect(try spread() == ["280 12 12"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf, "--tenant", "7")
        #expect(try spread() == ["280 12 24"])
    }

    @Test func `what the fault advises is what helps`() throws {
        let (header, today) = ("anchor_date,interval_unit,catch_up_policy", "2026-03-01")
        let rows = ["2026-01-01,day,", "2026-01-01,day,", "2026-01-01,month,ask"]
        let installation = try StandingTests.company(header, rows)
        let run = try installation.run("generate-invoices", "--as-of", today)
        #expect(run.exitCode == 1, "\(run.output)")
        let faults = try installation.lines(
            """
            SELECT f.detail AS line FROM dispatch_fault AS f
            JOIN dispatch AS d ON d.tenant_id = f.tenant_id AND d.dispatch_id = f.dispatch_id
            WHERE f.code = 'catch_up_needs_decision' ORDER BY d.recurring_invoice_number
            """)
        #expect(faults.count == 3 && faults[0].contains("60 periods"), "\(faults)")
        #expect(faults.allSatisfy { $0.contains("catch_up_through \(today)") })
        let decided = try installation.write(
            StandingTests.agreements(
                header + ",catch_up_through,skip_before",
                ["\(rows[0]),\(today),", "\(rows[1]),,\(today)", "\(rows[2]),\(today),2026-02-01"]),
            to: "more/recurring_invoices.csv")
        #expect(try installation.run("budstikke", "import", decided).exitCode == 0)
        for made in [12, 24, 36, 48, 60] {
            let run = try installation.run("generate-invoices", "--as-of", today)
            #expect(run.exitCode == 0, "\(run.output)")
            #expect(try StandingTests.made(installation, "A1").count == made)
        }
        #expect(try StandingTests.made(installation, "A2") == ["60 2026-03-01 2026-03-01 102.50"])
        #expect(
            try StandingTests.made(installation, "A3").map { $0.prefix(12) } == [
                "2 2026-02-01", "3 2026-03-01",
            ])
        let skipped = try installation.lines(
            """
            SELECT concat_ws(' ', recurring_invoice_number, count(*), min(reason)) AS line
            FROM skipped_period GROUP BY recurring_invoice_number ORDER BY 1
            """)
        #expect(skipped == ["A2 59 by_hand", "A3 1 by_hand"])
        // What is passed over is nobody's to do any more; the first of A1 is still to be sent.
        let open = try installation.lines(
            """
            SELECT d.recurring_invoice_number AS line FROM todo AS t
            JOIN dispatch AS d ON d.tenant_id = t.tenant_id AND d.dispatch_id = t.dispatch_id
            WHERE t.closed_at IS NULL
            """)
        #expect(open == ["A1"])
        let unresolved = try installation.count(
            "SELECT count(*) AS count FROM dispatch_fault WHERE mended_at IS NULL")
        #expect(unresolved == 0)
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `what the database refuses of one leaves the others of its batch`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: (1...4).map { "ok-\($0)@kunde.test" })
        try installation.database.connect().run(
            script: """
                ALTER TABLE invoice ADD CONSTRAINT refused
                    CHECK (recurring_invoice_number <> 'A2')
                """)
        let run = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        #expect(run.exitCode == 1, "\(run.errors)")
        let made = try installation.lines(
            """
            SELECT recurring_invoice_number || ' ' || number AS line
            FROM invoice ORDER BY serial
            """)
        #expect(made == ["A1 1", "A3 2", "A4 3"], "no number is lost")
        let faults = try installation.lines(
            """
            SELECT concat_ws(' ', d.recurring_invoice_number, f.code, f.detail) AS line
            FROM dispatch_fault AS f
            JOIN dispatch AS d ON d.tenant_id = f.tenant_id AND d.dispatch_id = f.dispatch_id
            """)
        #expect(faults == ["A2 internal_error invoice: refused"])
    }

    @Test func `a limited run goes round, past what is stuck`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(
            recipients: (1...3).map { "ok-\($0)@kunde.test" }, tenants: [1, 2])
        // All of the first tenant, and the first of the second, have a code without a rate.
        try installation.database.connect().run(
            script: """
                UPDATE recurring_invoice_line SET vat_code = '99'
                WHERE tenant_id = 1 OR recurring_invoice_number = 'A1'
                """)
        var made: [Int] = []
        for _ in 1...4 {
            _ = try installation.run(
                "generate-invoices", "--as-of", Company.smallAsOf, "--limit", "2")
            made.append(try installation.count("SELECT count(*) AS count FROM invoice"))
        }
        #expect(made == [0, 0, 2, 2])
        let looked = try installation.count(
            "SELECT count(*) AS count FROM recurring_invoice WHERE looked_at IS NOT NULL")
        #expect(looked == 6)
    }

    @Test func `a day after today is meant only where it is said so`() throws {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        let call = installation.arguments([]) + ["--as-of", "2999-01-01"]
        let refused = try ProgramRun.run("generate-invoices", call)
        #expect(refused.exitCode == 64)
        #expect(refused.errors.contains("--future"), "\(refused.errors)")
        for program in ["send-dispatches", "reconcile-bounces"] {
            #expect(try ProgramRun.run(program, call).exitCode == 64)
        }
        #expect(try ProgramRun.run("budstikke", ["why", "A1"] + call).exitCode == 0)
        let rehearsed = try ProgramRun.run("generate-invoices", call + ["--dry-run"])
        #expect(rehearsed.exitCode == 1, "too much is missed: \(rehearsed.output)")
        #expect(try installation.count("SELECT count(*) AS count FROM dispatch") == 0)
    }
}
