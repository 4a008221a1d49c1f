import Foundation
import Postgres
import TestSupport
import Testing

/// Where the numbers of what is made here begin, beside those that another system gave.
struct NumberSeriesTests {
    @Test func `no number is given that the company has used elsewhere, and the user is told`()
        throws
    {
        let installation = try TestInstallation()
        try installation.importCompany(recipients: ["ok-1@kunde.test"])
        let text = UBLFixture().xml().replacing("123456785", with: "987654325")
        let file = try installation.write(text, to: "ubl/10042.xml")
        let taken = try installation.run(
            "budstikke", "import", "--tenant", "1", "--no-dispatch", file)
        #expect(taken.exitCode == 0, "\(taken.errors)")
        #expect(try installation.run("budstikke", "doctor").output.contains("10042"))

        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        #expect(try Self.made(installation) == [])
        let codes = try installation.lines("SELECT code AS line FROM dispatch_fault")
        #expect(codes == ["number_series_passed"])

        let tenant = "tenant_id,name,first_invoice_number\n1,Fjordlys AS,"
        let low = try installation.run(
            "budstikke", "import", try installation.write("\(tenant)10042\n", to: "low/tenant.csv"))
        #expect(low.exitCode == 65)
        #expect(low.errors.contains("tenant.csv:2: first_invoice_number"), "\(low.errors)")
        let high = try installation.run(
            "budstikke", "import", try installation.write("\(tenant)10043\n", to: "high/tenant.csv")
        )
        #expect(high.exitCode == 0, "\(high.errors)")
        _ = try installation.run("generate-invoices", "--as-of", Company.smallAsOf)
        #expect(try Self.made(installation) == ["10043"])
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)
    }

    private static func made(_ installation: TestInstallation) throws -> [String] {
        try installation.lines("SELECT number AS line FROM invoice WHERE serial IS NOT NULL")
    }
}
