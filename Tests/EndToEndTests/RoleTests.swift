import Postgres
import TestSupport
import Testing

/// The programs work with the rights of budstikke_job, which can't change what is fixed for ever.
struct RoleTests {
    @Test func `a night needs no more than the rights of the programs' role`() throws {
        let night = try Night(role: "budstikke_job")
        #expect(try night.importCompany(agreements: 20).exitCode == 0)
        _ = try night.run("generate-invoices", "--as-of", Night.asOf)
        try night.drain()
        try night.settle()
        #expect(try night.problems(invoices: 85) == [])
    }
}
