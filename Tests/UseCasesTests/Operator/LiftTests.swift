import Dispatching
import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// Lifting a block: at the provider, verified there, written down, and what it held offered again.
struct LiftTests {
    private static let address = "spam-1@kunde.test"

    /// One mail was marked as spam, and the next to the same recipient was blocked at once.
    private static func blocked() throws -> TestCompany {
        let company = try TestCompany(address)
        company.generate()
        company.send()
        company.reconcile()
        company.resend(.invoice(try company.number("A1")))
        company.send()
        let messages = try company.lines(
            "SELECT message AS line FROM dispatch ORDER BY created_at DESC LIMIT 1")
        #expect(messages == ["Email was blocked"])
        return company
    }

    private static func listed(_ company: TestCompany) throws -> [String] {
        try company.lines("SELECT address_key AS line FROM suppression WHERE lifted_at IS NULL")
    }

    @Test func `a lift deletes, verifies, is written down, and offers what was held`() throws {
        let company = try Self.blocked()
        let rehearsed = try company.lift(Self.address, reason: "x", isDryRun: true)
        #expect(rehearsed.text.contains("would be lifted"), "\(rehearsed)")
        #expect(company.provider.deletions == 0, "a dry run speaks to nobody's lists")
        #expect(try company.audits("lift") == [])

        let run = try company.lift(Self.address, reason: "kunden vil ha den")
        #expect(run.isDone && run.lines.contains("spam_reports: lifted"), "\(run)")
        #expect(company.provider.deletions == 1)
        #expect(try company.audits("lift") == ["kari: kunden vil ha den"])
        #expect(try Self.listed(company) == [])

        let held = try #require(run.lines.first { $0.hasPrefix("held: ") }?.dropFirst(6))
        #expect(company.resend(.dispatch(String(held)), reason: "kunden vil ha den").isDone)
        company.send()
        #expect(company.provider.taken.count == 2)
        #expect(try company.broken() == [])
    }

    @Test func `a lift of what is not blocked says so, and deletes nothing`() throws {
        let company = try TestCompany("ok-1@kunde.test")
        let run = try company.lift("ok-1@kunde.test", reason: "sjekk")
        #expect(run.isDone && run.text.contains("is on no list"), "\(run)")
        #expect(company.provider.deletions == 0)
    }

    @Test func `a list that is not the provider's any more is found out`() throws {
        let company = try Self.blocked()
        func drifted() throws -> String {
            try CheckSuppressions(connection: company.connection, provider: company.provider)
                .run().text
        }
        #expect(try drifted().hasPrefix("ok "))
        // Lifted at the provider by hand, and another listed there that nobody polled.
        try company.connection.run(
            script: "UPDATE suppression SET address = 'x@y.test', address_key = 'x@y.test'")
        let found = try drifted()
        #expect(found.contains("budstikke lift x@y.test"), "\(found)")
        #expect(found.contains("\(Self.address) is on spam_reports, and not here"), "\(found)")
        #expect(try company.broken() == [], "it is asked for")
    }

    @Test func `a lift that the provider does not do is not called one`() throws {
        let company = try Self.blocked()
        company.provider.answerLifts(.refused(reason: "not yours"))
        let run = try company.lift(Self.address, reason: "prøv")
        #expect(!run.isDone && !run.text.contains(": lifted"), "\(run)")
        #expect(try Self.listed(company) == [Self.address])
    }

    @Test func `a new address is sent to, and the block of the old one stays with the old one`()
        throws
    {
        let company = try Self.blocked()
        try company.connection.run(script: "UPDATE customer SET email = 'ok-9@kunde.test'")
        #expect(company.resend(.invoice(try company.number("A1"))).isDone)
        company.send()
        let sent = try company.lines(
            "SELECT recipient || ' ' || state AS line FROM dispatch ORDER BY created_at DESC LIMIT 1"
        )
        #expect(sent == ["ok-9@kunde.test sent"])
        #expect(try Self.listed(company) == [Self.address])
        #expect(company.provider.deletions == 0, "nobody asked for a lift")
    }
}
