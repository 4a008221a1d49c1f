import Foundation
import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// Where the numbers of what is made here begin, beside those that another system gave.
struct NumberSeriesTests {
    private static func choose(_ number: String, _ company: TestCompany) throws
        -> TestCompany.Outcome
    {
        try company.take([
            "tenant.csv": "tenant_id,name,first_invoice_number\n1,Fjordlys AS,\(number)\n"
        ])
    }

    private static func made(_ company: TestCompany) throws -> [String] {
        try company.lines("SELECT number AS line FROM invoice WHERE serial IS NOT NULL")
    }

    @Test func `no number is given that the company has used elsewhere, and the user is told`()
        throws
    {
        let company = try TestCompany("ok-1@kunde.test")
        let text = UBLFixture().xml().replacing("123456785", with: "987654325")
        #expect(try company.take(["10042.xml": text], tenant: 1, isDispatched: false).isDone)
        #expect(try company.broken().contains { $0.contains("10042") })

        company.generate()
        #expect(try Self.made(company) == [])
        let codes = try company.lines("SELECT code AS line FROM dispatch_fault")
        #expect(codes == ["number_series_passed"])

        let low = try Self.choose("10042", company)
        #expect(low.exit == .badInput)
        #expect(low.error.contains("tenant.csv:2: first_invoice_number"), "\(low)")
        #expect(try Self.choose("10043", company).isDone)
        company.generate()
        #expect(try Self.made(company) == ["10043"])
        #expect(try company.broken() == [])
    }

    @Test func `the first number is chosen until a number is taken`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        for number in ["500", "600", ""] {
            #expect(try Self.choose(number, company).isDone)
        }
        company.generate()
        #expect(try Self.made(company) == ["600"])
        let late = try Self.choose("700", company)
        #expect(late.exit == .badInput)
        #expect(late.error.contains("began, which is 600"), "\(late)")
        #expect(try Self.choose("600", company).isDone)
    }

    @Test func `a number of ours is not taken in again as another's`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        company.generate()
        let number = try company.number("A1")
        let ehf = try company.preview(.invoice(number)).ehf
        let taken = try company.take(
            ["\(number).xml": String(decoding: ehf, as: UTF8.self)], tenant: 1)
        #expect(taken.exit == .badInput, "\(taken)")
        #expect(taken.error.contains(number) && taken.error.contains("made here"), "\(taken)")
        #expect(try company.count("SELECT count(*) AS count FROM invoice") == 1)
    }
}
