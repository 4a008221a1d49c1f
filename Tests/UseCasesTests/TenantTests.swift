import Dispatching
import Postgres
import Runtime
import TestSupport
import Testing

/// A tenant's rows are never read or written for another.
struct TenantTests {
    private static func company() throws -> TestCompany {
        try TestCompany(
            "ok-1@kunde.test", "unknown-2@kunde.test", "full-3@kunde.test", tenants: 1...2)
    }

    private static func deliveries(_ company: TestCompany, tenant: Int) throws -> [String] {
        try company.lines(
            "SELECT delivery AS line FROM dispatch WHERE tenant_id = \(tenant) ORDER BY 1")
    }

    @Test func `each program writes only for the tenant that it is run for`() throws {
        let company = try Self.company()
        let before = try company.contents(tenant: 2)
        for run in [
            company.generate(tenant: 1), company.send(tenant: 1), company.reconcile(tenant: 1),
        ] {
            #expect(run.isDone, "\(run)")
            #expect(try company.contents(tenant: 2) == before)
        }
        #expect(company.provider.taken.count == 3)

        company.generate()
        company.send()
        let sent = try company.contents(tenant: 2)
        company.reconcile(tenant: 1)
        let delivered = ["delivered", "hard_bounced", "soft_bounced"]
        #expect(try Self.deliveries(company, tenant: 1) == delivered)
        #expect(try company.contents(tenant: 2) == sent, "what the provider said of it was left")
        company.reconcile()
        #expect(
            try !Self.deliveries(company, tenant: 2).contains("unknown"),
            "and is found by a run for all")
        #expect(try company.broken() == [])
    }

    @Test func `doubts of others are left to them`() throws {
        let company = try Self.company()
        company.generate()
        company.provider.answer { [provider = company.provider] in
            provider.take($0)
            return .inDoubt(reason: "no answer")
        }
        company.send()
        let before = try company.contents(tenant: 2)
        #expect(company.send(tenant: 1, isAtOnce: true).isDone)
        let states = try company.lines(
            """
            SELECT DISTINCT tenant_id || ' ' || state AS line FROM dispatch ORDER BY 1
            """)
        #expect(states == ["1 sent", "2 in_doubt"], "those of the first, and no others")
        #expect(try company.contents(tenant: 2) == before)
    }

    @Test func `a name that two tenants share is asked about, and one can be named`() throws {
        let company = try Self.company()
        company.generate()
        let number = try company.number("A1")
        for run in [company.cancel(number), company.resend(.invoice(number))] {
            #expect(run.exit == .badInput && run.error.contains("--tenant"), "\(run)")
        }
        let before = try company.contents(tenant: 2)
        #expect(company.cancel(number, tenant: 1).isDone)
        #expect(try company.contents(tenant: 2) == before)
    }

    @Test func `lists show one tenant's rows, and a file may not bring another's`() throws {
        let company = try Self.company()
        company.generate()
        #expect(try company.list("all", tenant: 1).count == 3)
        let before = try company.contents()
        let taken = try company.take(
            ["users.csv": "tenant_id,user_key,name,email\n2,per,Per,ok-per@fjordlys.test\n"],
            tenant: 1)
        #expect(taken.exit == .badInput, "\(taken)")
        #expect(try company.contents() == before)
    }
}
