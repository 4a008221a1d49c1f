import Foundation
import Postgres
import TestSupport
import Testing

/// The nightly cycle by the real programs, against a real database and a provider over HTTP.
@Suite(.serialized) struct NightTests {
    static let agreements = 1_000

    private func company(_ night: Night) throws {
        for (name, text) in Company.files(agreements: Self.agreements) {
            _ = try night.write(text, to: "company/\(name)")
        }
        let run = try night.run(
            "budstikke", "import", night.folder.appending(path: "company").path())
        #expect(run.exitCode == 0, "\(run.errors)")
    }

    private func expectSound(_ night: Night) throws {
        let doctor = try night.run("budstikke", "doctor")
        #expect(doctor.exitCode == 0, "\(doctor.output)")
        let ledger = try night.ledger()
        #expect(ledger.doubled_dispatch_ids.isEmpty)
        let sent = try night.count(
            "SELECT count(*) AS count FROM dispatch WHERE state = 'sent'")
        #expect(ledger.accepted == sent)
        // 1,000 agreements of five periods, less the three in a hundred that have no VAT rate.
        #expect(try night.count("SELECT count(*) AS count FROM invoice") == 4_850)
        #expect(
            try night.count("SELECT count(*) AS count FROM dispatch WHERE state = 'queued'") == 0)
    }

    /// What became of each period, by what a user sees.
    private func outcome(_ night: Night) throws -> [String] {
        try night.lines(
            """
            SELECT concat_ws(' ', i.tenant_id, i.recurring_invoice_number, i.period_number,
                i.number, i.payable, l.status) AS line
            FROM invoice AS i
            JOIN dispatch_list AS l ON l.tenant_id = i.tenant_id AND l.invoice_id = i.invoice_id
            ORDER BY i.tenant_id, i.recurring_invoice_number, i.period_number
            """)
    }

    @Test func `a thousand agreements, once, again, and two at a time`() throws {
        let night = try Night()
        try company(night)
        let generated = try night.run("generate-invoices", "--as-of", Night.asOf)
        #expect(generated.exitCode == 1, "some are stopped, and it says so: \(generated.errors)")
        try night.drain()
        try settle(night)
        try expectSound(night)
        let first = try outcome(night)
        #expect(first.count == 4_850)

        for program in ["generate-invoices", "send-dispatches", "reconcile-bounces"] {
            let asOf = program == "generate-invoices" ? ["--as-of", Night.asOf] : []
            let running = try (0..<2).map { _ in
                let process = RunningProgram(program, night.arguments(asOf))
                try process.start()
                return process
            }
            for process in running { #expect([0, 1].contains(process.wait().exitCode)) }
        }
        try expectSound(night)
        #expect(try outcome(night) == first)

        let again = try night.run("reconcile-bounces", "--since", "2026-01-01")
        #expect(again.output.contains("\"changed\":0,"), "\(again.output)")
        #expect(again.output.contains("\"events_new\":0,"), "\(again.output)")
    }

    /// Two of each program at once from the start come to the same as one of each.
    @Test func `two of each at once from the start`() throws {
        let night = try Night()
        try company(night)
        for program in ["generate-invoices", "send-dispatches"] {
            let asOf = program == "generate-invoices" ? ["--as-of", Night.asOf] : []
            let running = try (0..<2).map { _ in
                let process = RunningProgram(program, night.arguments(asOf))
                try process.start()
                return process
            }
            for process in running { #expect([0, 1].contains(process.wait().exitCode)) }
        }
        _ = try night.run("generate-invoices", "--as-of", Night.asOf)
        try night.drain()
        try settle(night)
        try expectSound(night)
    }

    /// kill -9 of each job at ten moments, then a run of each: the same final state.
    @Test func `killed at ten random moments each, and run again`() throws {
        let night = try Night()
        try company(night)
        var generator = SystemRandomNumberGenerator()
        try kill(night, "generate-invoices", ["--as-of", Night.asOf], within: 1_500, &generator)
        _ = try night.run("generate-invoices", "--as-of", Night.asOf)
        try kill(night, "send-dispatches", [], within: 400, &generator)
        try night.drain()
        try kill(night, "reconcile-bounces", [], within: 400, &generator)
        try settle(night)
        try expectSound(night)
        #expect(try outcome(night).count == 4_850)
    }

    private func kill(
        _ night: Night, _ program: String, _ arguments: [String], within milliseconds: UInt32,
        _ generator: inout SystemRandomNumberGenerator
    ) throws {
        for _ in 0..<10 {
            let running = RunningProgram(program, night.arguments(arguments))
            try running.start()
            usleep(UInt32.random(in: 20...milliseconds, using: &generator) * 1_000)
            running.send(SIGKILL)
            _ = running.wait()
        }
    }

    /// Reconciles until every event is in: the provider dates them to the second.
    private func settle(_ night: Night) throws {
        for _ in 0..<60 {
            _ = try night.run("reconcile-bounces")
            let awaited = try night.count(
                """
                SELECT count(*) AS count FROM dispatch
                WHERE state = 'sent' AND delivery IN ('unknown', 'deferred')
                """)
            if awaited == 0 { return }
            usleep(500_000)
        }
    }
}
