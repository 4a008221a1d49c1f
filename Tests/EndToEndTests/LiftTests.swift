import Foundation
import Postgres
import TestSupport
import Testing

/// Lifting a block: at the provider, verified there, written down, and what it held offered again.
struct LiftTests {
    private static let address = "spam-1@kunde.test"

    @Test func `a lift asks why, deletes, verifies, is written down, and offers what was held`()
        throws
    {
        let installation = try Self.blocked()
        let unasked = try installation.run("budstikke", "lift", Self.address)
        #expect(unasked.exitCode == 64)
        #expect(unasked.errors.contains("--reason"))
        let rehearsed = try installation.run(
            "budstikke", "lift", Self.address, "--reason", "x", "--dry-run")
        #expect(rehearsed.exitCode == 0, "\(rehearsed.errors)")
        #expect(try Self.deletions(installation) == 0, "a dry run speaks to nobody's lists")
        #expect(try DeedTests.audit(installation, "lift") == [])

        let run = try installation.run(
            "budstikke", "lift", Self.address, "--user", "kari", "--reason", "kunden vil ha den")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.output.contains("spam_reports: lifted"), "\(run.output)")
        #expect(run.output.contains("budstikke resend"), "what was held is offered")
        #expect(try Self.deletions(installation) == 1)
        #expect(try DeedTests.audit(installation, "lift") == ["kari: kunden vil ha den"])
        let listed = try installation.count(
            "SELECT count(*) AS count FROM suppression WHERE lifted_at IS NULL")
        #expect(listed == 0)

        let resent = try installation.run(
            "budstikke", "lift", Self.address, "--resend", "--reason", "kunden vil ha den")
        #expect(resent.exitCode == 0, "\(resent.errors)")
        #expect(resent.output.contains("queued as"), "\(resent.output)")
        _ = try installation.run("send-dispatches")
        #expect(try installation.ledger().accepted == 2)
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    @Test func `a lift of what is not blocked says so, and deletes nothing`() throws {
        let installation = try TestInstallation()
        let run = try installation.run("budstikke", "lift", "ok-1@kunde.test", "--reason", "sjekk")
        #expect(run.exitCode == 0)
        #expect(run.output.contains("is on no list of sendgrid"), "\(run.output)")
        #expect(try Self.deletions(installation) == 0)
    }

    @Test func `a list that is not the provider's any more is found out`() throws {
        let installation = try Self.blocked()
        let sound = try installation.run("budstikke", "doctor", "--suppressions")
        #expect(sound.exitCode == 0, "\(sound.output)")
        // Lifted at the provider by hand, and another listed there that nobody polled.
        try installation.database.connect().run(
            script: "UPDATE suppression SET address = 'x@y.test', address_key = 'x@y.test'")
        let drifted = try installation.run("budstikke", "doctor", "--suppressions")
        #expect(drifted.exitCode == 1)
        #expect(drifted.output.contains("budstikke lift x@y.test"), "\(drifted.output)")
        #expect(
            drifted.output.contains("\(Self.address) is on spam_reports, and not here"),
            "\(drifted.output)")
        #expect(try installation.run("budstikke", "doctor").exitCode == 0, "it is asked for")
    }

    @Test(arguments: ["html_200", "status_500_before_accept"])
    func `a lift that the provider does not do is not called one`(_ kind: String) throws {
        let installation = try Self.blocked()
        try installation.order(fault: kind, at: "delete", count: 100)
        let run = try installation.run("budstikke", "lift", Self.address, "--reason", "prøv")
        #expect([69, 77].contains(run.exitCode), "\(run.output)\(run.errors)")
        let listed = try installation.count(
            "SELECT count(*) AS count FROM suppression WHERE lifted_at IS NULL")
        #expect(listed == 1)
    }

    @Test func `a new address is sent to, and the block of the old one stays with the old one`()
        throws
    {
        let installation = try Self.blocked()
        try installation.importCompany(recipients: ["ok-9@kunde.test"])
        let resent = try installation.run(
            "budstikke", "resend", "--invoice", try DeedTests.number(installation, "A1"))
        #expect(resent.exitCode == 0, "\(resent.errors)")
        _ = try installation.run("send-dispatches")
        let sent = try installation.lines(
            "SELECT recipient || ' ' || state AS line FROM dispatch ORDER BY created_at DESC LIMIT 1"
        )
        #expect(sent == ["ok-9@kunde.test sent"])
        let listed = try installation.lines(
            "SELECT address_key AS line FROM suppression WHERE lifted_at IS NULL")
        #expect(listed == [Self.address])
        #expect(try Self.deletions(installation) == 0, "nobody asked for a lift")
    }

    /// One mail was marked as spam, and the next to the same recipient was blocked at once.
    private static func blocked() throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: [address])
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        _ = try installation.run("send-dispatches")
        let listed: Query = "SELECT count(*) AS count FROM suppression"
        #expect(
            try installation.wait {
                _ = try installation.run("reconcile-bounces")
                return try installation.count(listed) == 1
            })
        let number = try DeedTests.number(installation, "A1")
        _ = try installation.run("budstikke", "resend", "--invoice", number)
        _ = try installation.run("send-dispatches")
        let messages = try installation.lines(
            "SELECT message AS line FROM dispatch ORDER BY created_at DESC LIMIT 1")
        #expect(messages == ["Email was blocked"])
        return installation
    }

    private static func deletions(_ installation: TestInstallation) throws -> Int {
        try installation.seen("delete")
    }
}
