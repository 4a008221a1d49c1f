import Postgres
import TestSupport
import Testing

/// The programs work with the rights of budstikke_job, which can't change what is fixed for ever.
struct RoleTests {
    @Test func `a night needs no more than the rights of the programs' role`() throws {
        let installation = try TestInstallation(role: "budstikke_job")
        #expect(try installation.importCompany(agreements: 20).exitCode == 0)
        _ = try installation.run("generate-invoices", "--as-of", TestInstallation.asOf)
        try installation.drain()
        try installation.settle()
        #expect(try installation.problems(invoices: 85) == [])
    }
}
