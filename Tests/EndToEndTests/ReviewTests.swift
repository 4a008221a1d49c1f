import Bounces
import Invoicing
import Postgres
import TestSupport
import Testing

/// What the classifier was unsure of is listed for people.
struct ReviewTests {
    @Test func `a bounce that was judged on little is listed until it is judged better`() throws {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 100).exitCode == 0)
        _ = try installation.run("generate-invoices", "--as-of", "2026-07-01")
        try installation.drain()
        try installation.settle()
        let before = try Self.listed(installation)
        // As a classifier would have judged it that knows fewer words.
        try installation.database.connect().run(
            script: """
                UPDATE delivery_event SET class = 'soft', reason = 'undetermined',
                    confidence = 0.25, evidence = 'none'
                WHERE (tenant_id, event_key) = (
                    SELECT tenant_id, event_key FROM delivery_event
                    WHERE class = 'hard' AND confidence >= 0.7
                    ORDER BY tenant_id, event_key LIMIT 1)
                """)

        let added = try Self.listed(installation).filter { !before.contains($0) }
        #expect(added.count == 1)
        let line = try #require(added.first)
        #expect(line.contains("\"class\":\"soft\""), "\(line)")
        #expect(line.contains("\"confidence\":\"0.25\""), "\(line)")

        _ = try installation.run("reconcile-bounces", "--reclassify")
        #expect(try Self.listed(installation) == before)

        try installation.database.connect().run(
            script: """
                UPDATE delivery_event
                SET confidence = 0.25, text = '550 <ola.nordmann@kunde.test>: no'
                WHERE class = 'hard'
                """)
        let masked = try Self.listed(installation)
        #expect(masked.contains { $0.contains("<o•••@kunde.test>: no") }, "\(masked)")
        #expect(!masked.contains { $0.contains("nordmann") })
    }

    @Test func `what is for review is read off its index, and the index is of just that`() throws {
        let installation = try TestInstallation()
        let connection = try installation.database.connect()
        try connection.run(script: "SET enable_seqscan = off; SET enable_bitmapscan = off")
        let plan: [String] = try connection.rows(
            """
            EXPLAIN SELECT event_key FROM delivery_event
            WHERE class IS NOT NULL AND confidence < 0.7
            ORDER BY occurred_at DESC, tenant_id, provider, event_key LIMIT 100
            """
        ) { try $0["QUERY PLAN"] }
        #expect(plan.contains { $0.contains("delivery_event_for_review") }, "\(plan)")
        #expect(!plan.contains { $0.contains("Sort") }, "\(plan)")
        let bound: String? = try connection.first(
            """
            SELECT pg_get_expr(indpred, indrelid) AS bound FROM pg_index
            WHERE indexrelid = 'delivery_event_for_review'::regclass
            """
        ) { try $0["bound"] }
        #expect(bound?.contains("\(BounceClassification.reviewBelow)") == true)
    }

    @Test func `where nothing is in doubt the list says so`() throws {
        let installation = try TestInstallation()
        #expect(try Self.listed(installation) == [])
        let told = try ProgramRun.run(
            "budstikke", installation.arguments(["list", "review"]).filter { $0 != "--json" })
        #expect(told.output.contains("no bounce is in doubt"), "\(told.output)")
    }

    private static func listed(_ installation: TestInstallation) throws -> [String] {
        let run = try installation.run("budstikke", "list", "review")
        #expect(run.exitCode == 0, "\(run.errors)")
        return run.output.split(separator: "\n").map(String.init)
    }
}
