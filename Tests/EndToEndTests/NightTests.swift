import Foundation
import TestSupport
import Testing

/// The nightly cycle by the real programs, against a real database and a provider over HTTP.
@Suite(.serialized) struct NightTests {
    /// Five periods of each, less the three in a hundred that have no VAT rate.
    static func invoices(of agreements: Int) -> Int { agreements * 5 * 97 / 100 }

    @Test func `a thousand agreements, once, again, and two at a time`() throws {
        let invoices = Self.invoices(of: 1_000)
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 1_000).exitCode == 0)
        let generated = try installation.run("generate-invoices", "--as-of", TestInstallation.asOf)
        #expect(generated.exitCode == 1, "some are stopped, and it says so: \(generated.errors)")
        try installation.drain()
        try installation.settle()
        #expect(try installation.problems(invoices: invoices) == [])
        let first = try installation.outcome()
        #expect(first.count == invoices)

        try runTwoOfEach(
            installation, ["generate-invoices", "send-dispatches", "reconcile-bounces"])
        #expect(try installation.problems(invoices: invoices) == [])
        #expect(try installation.outcome() == first)

        let again = try installation.run("reconcile-bounces", "--since", "2026-01-01")
        #expect(again.output.contains("\"changed\":0,"), "\(again.output)")
        #expect(again.output.contains("\"events_new\":0,"), "\(again.output)")
    }

    @Test func `two of each at once from the start come to the same`() throws {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: 300).exitCode == 0)
        try runTwoOfEach(installation, ["generate-invoices", "send-dispatches"])
        _ = try installation.run("generate-invoices", "--as-of", TestInstallation.asOf)
        try installation.drain()
        try installation.settle()
        #expect(try installation.problems(invoices: Self.invoices(of: 300)) == [])
    }

    @Test(arguments: ["postmark", "mailgun"])
    func `a night is the same night by another provider`(_ provider: String) throws {
        let agreements = 100
        let nights = try ["sendgrid", provider].map { name in
            let installation = try TestInstallation(provider: name)
            #expect(try installation.importCompany(agreements: agreements).exitCode == 0)
            _ = try installation.run("generate-invoices", "--as-of", TestInstallation.asOf)
            try installation.drain()
            try installation.settle()
            return installation
        }
        #expect(try nights[1].problems(invoices: Self.invoices(of: agreements)) == [])
        #expect(try nights[0].outcome() == nights[1].outcome())

        let again = try nights[1].run("reconcile-bounces", "--since", "2026-01-01")
        #expect(again.output.contains("\"changed\":0,"), "\(again.output)")
        #expect(again.output.contains("\"events_new\":0,"), "\(again.output)")
    }

    private func runTwoOfEach(_ installation: TestInstallation, _ programs: [String]) throws {
        for program in programs {
            let asOf = program == "generate-invoices" ? ["--as-of", TestInstallation.asOf] : []
            let running = try (0..<2).map { _ in
                let process = RunningProgram(program, installation.arguments(asOf))
                try process.start()
                return process
            }
            for process in running { #expect([0, 1].contains(process.wait().exitCode)) }
        }
    }
}
