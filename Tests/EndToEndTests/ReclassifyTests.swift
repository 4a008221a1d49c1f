import Postgres
import TestSupport
import Testing

/// History is judged again after the classifier's rules have changed.
struct ReclassifyTests {
    @Test func `what would change is shown, then changed, and then nothing is left`() throws {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 100).exitCode == 0)
        _ = try installation.run("generate-invoices", "--as-of", "2026-07-01")
        try installation.drain()
        try installation.settle()
        let before = try installation.outcome()
        // As an older classifier would have judged it: a full mailbox, which is soft.
        try installation.database.connect().run(
            script: """
                UPDATE delivery_event SET class = 'soft', reason = 'mailbox_full'
                WHERE class = 'hard'
                """)

        let shown = try installation.run("reconcile-bounces", "--reclassify", "--dry-run")
        #expect(shown.output.contains("soft (mailbox_full) becomes hard (user_unknown)"))
        let stillSoft = try installation.count(
            "SELECT count(*) AS count FROM delivery_event WHERE class = 'soft'")
        #expect(stillSoft > 0)

        let done = try installation.run("reconcile-bounces", "--reclassify")
        #expect(done.exitCode == 0, "\(done.errors)")
        let changed = try installation.outcome().filter { !before.contains($0) }
        #expect(changed == [], "\(done.output)")
        let again = try installation.run("reconcile-bounces", "--reclassify")
        #expect(again.output.contains("\"judged_otherwise\":0"), "\(again.output)")
        let doctor = try installation.run("budstikke", "doctor")
        #expect(doctor.exitCode == 0, "\(doctor.output)")
    }
}
