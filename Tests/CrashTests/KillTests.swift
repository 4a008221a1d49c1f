import Foundation
import TestSupport
import Testing

/// Programs killed with SIGKILL at random moments: a later run comes to the same final state.
struct KillTests {
    static let agreements = 1_000
    /// Five periods of each, less the three in a hundred that have no VAT rate.
    static let invoices = 4_850

    @Test func `each job killed ten times, then run again`() throws {
        let night = try Night()
        #expect(try night.importCompany(agreements: Self.agreements).exitCode == 0)
        let asOf = ["--as-of", Night.asOf]
        try kill(night, "generate-invoices", asOf, withinMilliseconds: 1_500)
        _ = try night.run("generate-invoices", "--as-of", Night.asOf)
        try kill(night, "send-dispatches", [], withinMilliseconds: 400)
        try night.drain()
        try kill(night, "reconcile-bounces", [], withinMilliseconds: 400)
        try night.settle()
        #expect(try night.problems(invoices: Self.invoices) == [])
        #expect(try night.outcome().count == Self.invoices)
    }

    private func kill(
        _ night: Night, _ program: String, _ arguments: [String],
        withinMilliseconds milliseconds: UInt32
    ) throws {
        for _ in 0..<10 {
            let running = RunningProgram(program, night.arguments(arguments))
            try running.start()
            usleep(UInt32.random(in: 20...milliseconds) * 1_000)
            running.send(SIGKILL)
            _ = running.wait()
        }
    }
}
