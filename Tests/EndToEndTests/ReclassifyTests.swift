import Postgres
import TestSupport
import Testing

/// History is judged again after the classifier's rules have changed.
struct ReclassifyTests {
    @Test func `what would change is shown, then changed, and then nothing is left`() throws {
        let night = try Night()
        #expect(try night.importCompany(agreements: 100).exitCode == 0)
        _ = try night.run("generate-invoices", "--as-of", "2026-07-01")
        try night.drain()
        try night.settle()
        let before = try night.outcome()
        // As an older classifier would have judged it: a full mailbox, which is soft.
        try night.database.connect().run(
            script: """
                UPDATE delivery_event SET class = 'soft', reason = 'mailbox_full'
                WHERE class = 'hard'
                """)

        let shown = try night.run("reconcile-bounces", "--reclassify", "--dry-run")
        #expect(shown.output.contains("soft (mailbox_full) becomes hard (user_unknown)"))
        let stillSoft = try night.count(
            "SELECT count(*) AS count FROM delivery_event WHERE class = 'soft'")
        #expect(stillSoft > 0)

        let done = try night.run("reconcile-bounces", "--reclassify")
        #expect(done.exitCode == 0, "\(done.errors)")
        let changed = try night.outcome().filter { !before.contains($0) }
        #expect(changed == [], "\(done.output)")
        let again = try night.run("reconcile-bounces", "--reclassify")
        #expect(again.output.contains("\"judged_otherwise\":0"), "\(again.output)")
        let doctor = try night.run("budstikke", "doctor")
        #expect(doctor.exitCode == 0, "\(doctor.output)")
    }
}
