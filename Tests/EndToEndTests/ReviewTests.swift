import Postgres
import TestSupport
import Testing

/// What the classifier was unsure of is listed for people.
struct ReviewTests {
    @Test func `a bounce that was judged on little is listed until it is judged better`() throws {
        let night = try Night()
        #expect(try night.importCompany(agreements: 100).exitCode == 0)
        _ = try night.run("generate-invoices", "--as-of", "2026-07-01")
        try night.drain()
        try night.settle()
        let before = try Self.listed(night)
        // As a classifier would have judged it that knows fewer words.
        try night.database.connect().run(
            script: """
                UPDATE delivery_event SET class = 'soft', reason = 'undetermined',
                    confidence = 0.25, evidence = 'none'
                WHERE (tenant_id, event_key) = (
                    SELECT tenant_id, event_key FROM delivery_event
                    WHERE class = 'hard' AND confidence >= 0.7
                    ORDER BY tenant_id, event_key LIMIT 1)
                """)

        let added = try Self.listed(night).filter { !before.contains($0) }
        #expect(added.count == 1)
        let line = try #require(added.first)
        #expect(line.contains("\"class\":\"soft\""), "\(line)")
        #expect(line.contains("\"confidence\":\"0.25\""), "\(line)")

        _ = try night.run("reconcile-bounces", "--reclassify")
        #expect(try Self.listed(night) == before)
    }

    @Test func `where nothing is in doubt the list says so`() throws {
        let night = try Night()
        #expect(try Self.listed(night) == [])
        let told = try ProgramRun.run(
            "budstikke", night.arguments(["list", "review"]).filter { $0 != "--json" })
        #expect(told.output.contains("no bounce is in doubt"), "\(told.output)")
    }

    private static func listed(_ night: Night) throws -> [String] {
        let run = try night.run("budstikke", "list", "review")
        #expect(run.exitCode == 0, "\(run.errors)")
        return run.output.split(separator: "\n").map(String.init)
    }
}
