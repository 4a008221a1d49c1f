import Foundation
import TestSupport
import Testing

/// Programs killed with SIGKILL at random moments: a later run comes to the same final state.
struct KillTests {
    static let agreements = 1_000
    /// Five periods of each, less the three in a hundred that have no VAT rate.
    static let invoices = 4_850

    @Test func `each job killed ten times, then run again`() throws {
        let installation = try TestInstallation()
        #expect(try installation.importCompany(agreements: Self.agreements).exitCode == 0)
        let asOf = ["--as-of", TestInstallation.asOf]
        try kill(installation, "generate-invoices", asOf, withinMilliseconds: 1_500)
        _ = try installation.run("generate-invoices", "--as-of", TestInstallation.asOf)
        try kill(installation, "send-dispatches", [], withinMilliseconds: 400)
        try installation.drain()
        try kill(installation, "reconcile-bounces", [], withinMilliseconds: 400)
        try installation.settle()
        #expect(try installation.problems(invoices: Self.invoices) == [])
        #expect(try installation.outcome().count == Self.invoices)
    }

    private func kill(
        _ installation: TestInstallation, _ program: String, _ arguments: [String],
        withinMilliseconds milliseconds: UInt32
    ) throws {
        for _ in 0..<10 {
            let running = RunningProgram(program, installation.arguments(arguments))
            try running.start()
            usleep(UInt32.random(in: 20...milliseconds) * 1_000)
            running.send(SIGKILL)
            _ = running.wait()
        }
    }
}
