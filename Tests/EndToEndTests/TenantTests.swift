import Foundation
import Postgres
import TestSupport
import Testing

/// A tenant's rows are never read or written for another.
struct TenantTests {
    private static let recipients = [
        "ok-1@kunde.test", "unknown-2@kunde.test", "full-3@kunde.test",
    ]
    private static let onlyFirst = ["--tenant", "1"]

    @Test func `each program writes only for the tenant that it is run for`() throws {
        let installation = try Self.company()
        let before = try installation.contents(tenant: 2)
        let asOf = ["--as-of", Company.smallAsOf]
        for (program, arguments) in [
            ("generate-invoices", asOf), ("send-dispatches", []), ("reconcile-bounces", []),
        ] {
            let run = try installation.run(program, arguments + Self.onlyFirst)
            #expect([0, 1].contains(run.exitCode), "\(program): \(run.errors)")
            #expect(try installation.contents(tenant: 2) == before, "\(program)")
        }
        #expect(try installation.ledger().accepted == 3)

        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        _ = try installation.run("send-dispatches")
        let sent = try installation.contents(tenant: 2)
        #expect(
            try installation.wait {
                _ = try installation.run("reconcile-bounces", Self.onlyFirst)
                return try Self.deliveries(installation, tenant: 1)
                    == ["delivered", "hard_bounced", "soft_bounced"]
            })
        #expect(
            try installation.contents(tenant: 2) == sent, "what the provider said of it was left")
        #expect(
            try installation.wait {
                _ = try installation.run("reconcile-bounces")
                return try !Self.deliveries(installation, tenant: 2).contains("unknown")
            }, "and is still found by a run for all")
        let doctor = try installation.run("budstikke", "doctor")
        #expect(doctor.exitCode == 0, "\(doctor.output)")
    }

    @Test func `doubts of others are left to them`() throws {
        let installation = try Self.company()
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        try installation.order(fault: "status_500_after_accept", count: 6)
        _ = try installation.run("send-dispatches")
        let before = try installation.contents(tenant: 2)
        // The grace goes by the database's clock, which no option moves.
        let isResolved = try installation.wait {
            let run = try installation.run("send-dispatches", ["--now"] + Self.onlyFirst)
            #expect(run.exitCode == 0, "\(run.errors)")
            let doubts = try installation.lines(
                """
                SELECT tenant_id::text AS line FROM dispatch WHERE state = 'in_doubt'
                ORDER BY tenant_id
                """)
            return doubts == ["2", "2", "2"]
        }
        #expect(isResolved, "those of the first, and no others")
        #expect(try installation.contents(tenant: 2) == before)
    }

    @Test func `a name that two tenants share is asked about, and one can be named`() throws {
        let installation = try Self.company()
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let number = try DeedTests.number(installation, "A1")
        for deed in [["cancel", number], ["resend", "--invoice", number]] {
            let run = try installation.run("budstikke", deed)
            #expect(run.exitCode == 65)
            #expect(run.errors.contains("--tenant"), "\(run.errors)")
        }
        let before = try installation.contents(tenant: 2)
        let run = try installation.run("budstikke", ["cancel", number] + Self.onlyFirst)
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try installation.contents(tenant: 2) == before)
    }

    @Test func `lists show one tenant's rows, and a file may not bring another's`() throws {
        let installation = try Self.company()
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        let list = try installation.run("budstikke", ["list"] + Self.onlyFirst)
        #expect(list.output.split(separator: "\n").count == 3, "\(list.output)")
        let file = try installation.write(
            "tenant_id,user_key,name,email\n2,per,Per,ok-per@fjordlys.test\n", to: "users.csv")
        let before = try installation.contents()
        let run = try installation.run("budstikke", ["import", file] + Self.onlyFirst)
        #expect(run.exitCode == 65, "\(run.output)")
        #expect(try installation.contents() == before)
    }

    private static func company() throws -> TestInstallation {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: recipients, tenants: [1, 2])
        return installation
    }

    private static func deliveries(_ installation: TestInstallation, tenant: Int) throws -> [String]
    {
        try installation.lines(
            """
            SELECT delivery AS line FROM dispatch WHERE tenant_id = \(tenant) ORDER BY 1
            """)
    }
}
