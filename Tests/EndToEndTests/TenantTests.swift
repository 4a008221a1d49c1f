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
        let night = try Self.company()
        let before = try night.contents(tenant: 2)
        let asOf = ["--as-of", Company.smallAsOf]
        for (program, arguments) in [
            ("generate-invoices", asOf), ("send-dispatches", []), ("reconcile-bounces", []),
        ] {
            let run = try night.run(program, arguments + Self.onlyFirst)
            #expect([0, 1].contains(run.exitCode), "\(program): \(run.errors)")
            #expect(try night.contents(tenant: 2) == before, "\(program)")
        }
        #expect(try night.ledger().accepted == 3)

        _ = try night.run("generate-invoices", "--as-of", Company.smallAsOf)
        _ = try night.run("send-dispatches")
        let sent = try night.contents(tenant: 2)
        #expect(
            try night.wait {
                _ = try night.run("reconcile-bounces", Self.onlyFirst)
                return try Self.deliveries(night, tenant: 1)
                    == ["delivered", "hard_bounced", "soft_bounced"]
            })
        #expect(try night.contents(tenant: 2) == sent, "what the provider said of it was left")
        #expect(
            try night.wait {
                _ = try night.run("reconcile-bounces")
                return try !Self.deliveries(night, tenant: 2).contains("unknown")
            }, "and is still found by a run for all")
        let doctor = try night.run("budstikke", "doctor")
        #expect(doctor.exitCode == 0, "\(doctor.output)")
    }

    @Test func `doubts of others are left to them`() throws {
        let night = try Self.company()
        _ = try night.run("generate-invoices", "--as-of", Company.smallAsOf)
        try night.order(fault: "status_500_after_accept", count: 6)
        _ = try night.run("send-dispatches")
        let before = try night.contents(tenant: 2)
        // The grace goes by the database's clock, which no option moves.
        let isResolved = try night.wait {
            let run = try night.run("send-dispatches", ["--now"] + Self.onlyFirst)
            #expect(run.exitCode == 0, "\(run.errors)")
            let doubts = try night.lines(
                """
                SELECT tenant_id::text AS line FROM dispatch WHERE state = 'in_doubt'
                ORDER BY tenant_id
                """)
            return doubts == ["2", "2", "2"]
        }
        #expect(isResolved, "those of the first, and no others")
        #expect(try night.contents(tenant: 2) == before)
    }

    @Test func `a name that two tenants share is asked about, and one can be named`() throws {
        let night = try Self.company()
        _ = try night.run("generate-invoices", "--as-of", Company.smallAsOf)
        let number = try DeedTests.number(night, "A1")
        for deed in [["cancel", number], ["resend", "--invoice", number]] {
            let run = try night.run("budstikke", deed)
            #expect(run.exitCode == 65)
            #expect(run.errors.contains("--tenant"), "\(run.errors)")
        }
        let before = try night.contents(tenant: 2)
        let run = try night.run("budstikke", ["cancel", number] + Self.onlyFirst)
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(try night.contents(tenant: 2) == before)
    }

    @Test func `lists show one tenant's rows, and a file may not bring another's`() throws {
        let night = try Self.company()
        _ = try night.run("generate-invoices", "--as-of", Company.smallAsOf)
        let list = try night.run("budstikke", ["list"] + Self.onlyFirst)
        #expect(list.output.split(separator: "\n").count == 3, "\(list.output)")
        let file = try night.write(
            "tenant_id,user_key,name,email\n2,per,Per,ok-per@fjordlys.test\n", to: "users.csv")
        let before = try night.contents()
        let run = try night.run("budstikke", ["import", file] + Self.onlyFirst)
        #expect(run.exitCode == 65, "\(run.output)")
        #expect(try night.contents() == before)
    }

    private static func company() throws -> Night {
        let night = try Night()
        try night.importCompany(recipients: recipients, tenants: [1, 2])
        return night
    }

    private static func deliveries(_ night: Night, tenant: Int) throws -> [String] {
        try night.lines(
            """
            SELECT delivery AS line FROM dispatch WHERE tenant_id = \(tenant) ORDER BY 1
            """)
    }
}
