import Foundation
import Postgres
import TestSupport
import Testing

/// A provider that is away for days: nothing is lost or spent, each user is told once.
struct LongOutageTests {
    private static let recipients = (1...20).map { "ok-\($0)@kunde.test" }
    private static let start = "2026-11-24T06:00:00Z"

    /// The night's programs see these instants; the longer steps come after the first hours, in
    /// which the pauses grow.
    private static let minutes =
        [0, 1, 2, 4, 8, 20, 60, 120, 239] + stride(from: 241, to: 4_320, by: 61)

    @Test func `three days without the provider cost no attempt and one warning each user`() throws
    {
        let installation = try Self.queued()
        let nowhere = ["BUDSTIKKE_PROVIDER_BASE_URL": "http://127.0.0.1:9"]
        for minute in Self.minutes {
            let run = try installation.run(
                "send-dispatches", ["--as-of", Self.time(minute)], environment: nowhere)
            #expect(run.exitCode == 69, "after \(minute) minutes: \(run.errors)")
            let warnings = try Self.warnings(installation)
            #expect(warnings == (minute < 240 ? [] : ["1 kari 1", "2 kari 1"]), "after \(minute)")
        }
        #expect(try installation.count("SELECT sum(attempt)::bigint AS count FROM dispatch") == 0)
        #expect(
            try installation.count("SELECT count(*) AS count FROM dispatch WHERE state = 'queued'")
                == 40)
        let message = try installation.lines(
            "SELECT DISTINCT left(message, 48) AS line FROM dispatch WHERE state = 'queued'")
        #expect(message == ["Waiting for the provider since 2026-11-24 07:00:"], "in Norway")
        #expect(
            try installation.count("SELECT count(*) AS count FROM todo WHERE closed_at IS NULL")
                == 2)
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)

        // It is back. What had waited longest by itself is due within the hour.
        for minute in stride(from: 4_320, through: 4_400, by: 20) {
            let run = try installation.run("send-dispatches", "--as-of", Self.time(minute))
            #expect(run.exitCode == 0, "\(run.errors)")
        }
        #expect(try installation.ledger().accepted == 40)
        #expect(try installation.ledger().doubled_dispatch_ids.isEmpty)
        #expect(try installation.count("SELECT sum(attempt)::bigint AS count FROM dispatch") == 40)
        #expect(
            try installation.count("SELECT count(*) AS count FROM todo WHERE closed_at IS NULL")
                == 0,
            "what the provider's trouble opened closes by itself")
        #expect(try Self.warnings(installation) == ["1 kari 1", "2 kari 1"])
    }

    @Test func `what waits longer than is sensible is given up, told, and brought back`() throws {
        let installation = try Self.queued()
        let nowhere = ["BUDSTIKKE_PROVIDER_BASE_URL": "http://127.0.0.1:9"]
        _ = try installation.run(
            "send-dispatches", ["--as-of", Self.time(0)], environment: nowhere)
        let early = try installation.run(
            "send-dispatches", ["--as-of", Self.time(7_199)], environment: nowhere)
        #expect(early.exitCode == 69, "\(early.errors)")
        #expect(
            try installation.count("SELECT count(*) AS count FROM dispatch WHERE state = 'failed'")
                == 0)
        let late = try installation.run(
            "send-dispatches", ["--as-of", Self.time(7_300)], environment: nowhere)
        #expect(late.exitCode == 69, "\(late.errors)")
        #expect(late.output.contains("\"given_up\":40"), "\(late.output)")
        let failed = try installation.count(
            """
            SELECT count(*) AS count FROM dispatch WHERE state = 'failed' AND reason = 'given_up'
                AND message LIKE 'Given up. Waiting for the provider since 2026-11-24 07:00: %'
            """)
        #expect(failed == 40)
        #expect(
            try installation.count("SELECT count(*) AS count FROM todo WHERE closed_at IS NULL")
                == 40)
        #expect(try installation.run("budstikke", "doctor").exitCode == 0)

        let rehearsal = try installation.run(
            "budstikke", "resend", "--failed", "--reason", "given_up", "--dry-run")
        #expect(rehearsal.exitCode == 0, "\(rehearsal.errors)")
        #expect(
            try installation.count("SELECT count(*) AS count FROM dispatch WHERE state = 'queued'")
                == 0)
        let resend = try installation.run("budstikke", "resend", "--failed", "--reason", "given_up")
        #expect(resend.exitCode == 0, "\(resend.errors)")
        let nothing = try installation.run(
            "budstikke", "resend", "--failed", "--reason", "given_up")
        #expect(nothing.exitCode == 65, "\(nothing.errors)")
        try installation.drainAtOnce()
        #expect(try installation.ledger().accepted == 40)
    }

    private static func queued() throws -> TestInstallation {
        let installation = try TestInstallation(settings: "")
        try installation.importCompany(recipients: recipients, tenants: [1, 2])
        _ = try installation.run("generate-invoices", "--as-of", start)
        return installation
    }

    private static func time(_ minute: Int) -> String {
        let start = (try? Date(start, strategy: .iso8601)) ?? .distantPast
        return (start + Double(minute) * 60).formatted(.iso8601)
    }

    private static func warnings(_ installation: TestInstallation) throws -> [String] {
        try installation.lines(
            """
            SELECT format('%s %s %s', tenant_id, user_key, count(*)) AS line FROM notification
            WHERE kind = 'delayed' GROUP BY tenant_id, user_key ORDER BY 1
            """)
    }
}
