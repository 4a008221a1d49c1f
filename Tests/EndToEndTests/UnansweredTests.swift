import Foundation
import Postgres
import TestSupport
import Testing

/// A submission that was taken and never answered is known again by our own id.
struct UnansweredTests {
    @Test func `an event of an unanswered submission finds it by our own id, and once`() throws {
        let installation = try TestInstallation(
            settings: "reconcile:\n  logs_overlap_seconds: 3600")
        #expect(try installation.importCompany(agreements: 20).exitCode == 0)
        _ = try installation.run("generate-invoices", "--as-of", "2026-07-01")
        try installation.order(fault: "timeout_after_accept", count: 2)
        _ = try installation.run("send-dispatches")
        // The provider dates its events to the second: they have to be in the past.
        while try installation.count("SELECT count(*) AS count FROM delivery_event") < 17 {
            _ = try installation.run("reconcile-bounces")
            usleep(300_000)
        }

        let byOwnID = try installation.count(
            "SELECT count(*) AS count FROM delivery_event WHERE attribution = 'own_id'")
        #expect(byOwnID == 2)
        let orphans = try installation.count(
            "SELECT count(*) AS count FROM delivery_event WHERE tenant_id = 0")
        #expect(orphans == 0)
        let again = try installation.run("reconcile-bounces", "--since", "2026-01-01")
        #expect(again.output.contains("\"changed\":0"), "\(again.output)")
    }
}
