import Foundation
import Postgres
import TestSupport
import Testing

/// A database that belongs to another installation: a copy must not send real invoices again.
struct FenceTests {
    private static let production = ["BUDSTIKKE_INSTALLATION": "production"]
    private static let staging = ["BUDSTIKKE_INSTALLATION": "staging"]

    @Test func `a copied database sends nothing until it is claimed`() throws {
        let original = try Self.claimed()
        let copy = try TestInstallation(database: TestDatabase(copyOf: original.database))
        for settings in [Self.staging, [:]] {
            let run = try copy.run("send-dispatches", [], environment: settings)
            #expect(run.exitCode == 78, "\(run.errors)")
            #expect(run.errors.contains("'production'"), "it says whose it is")
            #expect(run.errors.contains("migrate --claim"), "and what to do")
        }
        #expect(try copy.ledger().accepted == 0)
        let claimed = try copy.count("SELECT sum(attempt)::bigint AS count FROM dispatch")
        #expect(claimed == 0, "nothing was even claimed")

        let claim = try copy.run("budstikke", ["migrate", "--claim"], environment: Self.staging)
        #expect(claim.exitCode == 0, "\(claim.errors)")
        let run = try copy.run("send-dispatches", [], environment: Self.staging)
        #expect(run.exitCode == 78, "its own name does not make it another database")
        #expect(try copy.ledger().accepted == 0)
        let own = try original.run("send-dispatches", [], environment: Self.production)
        #expect(own.exitCode == 0, "the original is untouched: \(own.errors)")
    }

    @Test func `a copy does not lift blocks at the provider either`() throws {
        let original = try Self.claimed()
        let copy = try TestInstallation(database: TestDatabase(copyOf: original.database))
        let run = try copy.run(
            "budstikke", ["lift", "ok-1@kunde.test", "--reason", "test"],
            environment: Self.staging)
        #expect(run.exitCode == 78, "\(run.errors)")
    }

    @Test func `a claim without a name is refused`() throws {
        let run = try TestInstallation().run("budstikke", "migrate", "--claim")
        #expect(run.exitCode == 78)
        #expect(run.errors.contains("installation"))
    }

    @Test func `two installations on one account keep to their own mail`() throws {
        let one = try Self.claimed()
        let other = try TestInstallation()
        try other.importCompany(recipients: ["unknown-9@kunde.test"])
        _ = try other.run("generate-invoices", "--as-of", Company.smallAsOf)
        let shared = ["BUDSTIKKE_PROVIDER_BASE_URL": one.providerURL]
        #expect(try other.run("send-dispatches", [], environment: shared).exitCode == 0)
        _ = try one.run("send-dispatches", [], environment: Self.production)
        #expect(
            try one.wait {
                _ = try one.run("reconcile-bounces")
                _ = try other.run("reconcile-bounces", [], environment: shared)
                return try Self.awaited(one) + Self.awaited(other) == 0
            })
        let bounced: Query =
            "SELECT count(*) AS count FROM dispatch WHERE delivery = 'hard_bounced'"
        #expect(try one.count(bounced) == 0)
        #expect(try other.count(bounced) == 1)
        let orphans = try one.count(
            """
            SELECT count(*) AS count FROM delivery_event
            WHERE tenant_id = 0 AND recipient_key = 'unknown-9@kunde.test'
            """)
        #expect(orphans > 0, "what is not ours is kept, and marks nothing")
    }

    private static func awaited(_ installation: TestInstallation) throws -> Int {
        try installation.count(
            """
            SELECT count(*) AS count FROM dispatch
            WHERE state <> 'sent' OR delivery IN ('unknown', 'deferred')
            """)
    }

    /// An installation named production, with two invoices queued.
    private static func claimed() throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test", "ok-2@kunde.test"])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let claim = try installation.run(
            "budstikke", ["migrate", "--claim"], environment: production)
        try #require(claim.exitCode == 0)
        return installation
    }
}
