import Foundation
import TestSupport
import Testing

/// The nightly cycle by the real programs, against a real database and a provider over HTTP.
@Suite(.serialized) struct NightTests {
    static let agreements = 1_000
    /// Five periods of each, less the three in a hundred that have no VAT rate.
    static let invoices = 4_850

    @Test func `a thousand agreements, once, again, and two at a time`() throws {
        let night = try Night()
        #expect(try night.importCompany(agreements: Self.agreements).exitCode == 0)
        let generated = try night.run("generate-invoices", "--as-of", Night.asOf)
        #expect(generated.exitCode == 1, "some are stopped, and it says so: \(generated.errors)")
        try night.drain()
        try night.settle()
        #expect(try night.problems(invoices: Self.invoices) == [])
        let first = try night.outcome()
        #expect(first.count == Self.invoices)

        try runTwoOfEach(
            night, ["generate-invoices", "send-dispatches", "reconcile-bounces"])
        #expect(try night.problems(invoices: Self.invoices) == [])
        #expect(try night.outcome() == first)

        let again = try night.run("reconcile-bounces", "--since", "2026-01-01")
        #expect(again.output.contains("\"changed\":0,"), "\(again.output)")
        #expect(again.output.contains("\"events_new\":0,"), "\(again.output)")
    }

    @Test func `two of each at once from the start come to the same`() throws {
        let night = try Night()
        #expect(try night.importCompany(agreements: Self.agreements).exitCode == 0)
        try runTwoOfEach(night, ["generate-invoices", "send-dispatches"])
        _ = try night.run("generate-invoices", "--as-of", Night.asOf)
        try night.drain()
        try night.settle()
        #expect(try night.problems(invoices: Self.invoices) == [])
    }

    @Test(arguments: ["postmark", "mailgun"])
    func `a night is the same night by another provider`(_ provider: String) throws {
        let agreements = 100
        let nights = try ["sendgrid", provider].map { name in
            let night = try Night(provider: name)
            #expect(try night.importCompany(agreements: agreements).exitCode == 0)
            _ = try night.run("generate-invoices", "--as-of", Night.asOf)
            try night.drain()
            try night.settle()
            return night
        }
        let invoices = Self.invoices * agreements / Self.agreements
        #expect(try nights[1].problems(invoices: invoices) == [])
        #expect(try nights[0].outcome() == nights[1].outcome())

        let again = try nights[1].run("reconcile-bounces", "--since", "2026-01-01")
        #expect(again.output.contains("\"changed\":0,"), "\(again.output)")
        #expect(again.output.contains("\"events_new\":0,"), "\(again.output)")
    }

    private func runTwoOfEach(_ night: Night, _ programs: [String]) throws {
        for program in programs {
            let asOf = program == "generate-invoices" ? ["--as-of", Night.asOf] : []
            let running = try (0..<2).map { _ in
                let process = RunningProgram(program, night.arguments(asOf))
                try process.start()
                return process
            }
            for process in running { #expect([0, 1].contains(process.wait().exitCode)) }
        }
    }
}
