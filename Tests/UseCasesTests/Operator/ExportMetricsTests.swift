import Foundation
import Invoicing
import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// What is watched, of a company whose nights went well and badly.
struct ExportMetricsTests {
    /// The exposition's samples by name and labels: `budstikke_waiting{place="due"}` and its value.
    private func figures(_ company: TestCompany) throws -> [String: Double] {
        Dictionary(
            uniqueKeysWithValues: try text(company).split(separator: "\n")
                .filter { !$0.hasPrefix("#") }
                .map { line in
                    let end = try #require(line.lastIndex(of: " "))
                    return (String(line[..<end]), try #require(Double(line[end...].dropFirst())))
                })
    }

    private func text(_ company: TestCompany) throws -> String {
        try ExportMetrics(connection: company.connection, context: company.context()).run().text
    }

    private func waiting(_ company: TestCompany) throws -> [String: Double] {
        try figures(company).filter { $0.key.hasPrefix("budstikke_waiting{") && $0.value > 0 }
    }

    @Test func `nothing has run, and each place is told of with nothing in it`() throws {
        let figures = try figures(TestCompany())
        #expect(figures[#"budstikke_job_unfinished_runs{job="generate-invoices"}"#] == 0)
        #expect(figures.keys.filter { $0.hasPrefix("budstikke_job_last") } == [])
        #expect(figures.keys.count { $0.hasPrefix("budstikke_waiting{") } == 13)
        #expect(figures.keys.filter { $0.hasPrefix("budstikke_waiting_oldest") } == [])
        #expect((figures["budstikke_database_bytes"] ?? 0) > 1_000_000)
    }

    @Test func `a failed run and one that was killed do not hide the last success`() throws {
        let company = try TestCompany()
        let now = company.now
        for (minutes, seconds, exit) in [(90, 60, 0), (60, 30, 1), (30, 5, 69)] {
            let start = now - Double(minutes * 60)
            _ = try company.connection.execute(
                """
                INSERT INTO job_run (run_id, job, host, process_id, started_at, ended_at,
                    exit_code, summary)
                VALUES (gen_random_uuid(), 'send-dispatches', 'h', 1, \(start),
                    \(start + Double(seconds)), \(exit), '{}')
                """)
        }
        _ = try company.connection.execute(
            """
            INSERT INTO job_run (run_id, job, host, process_id, started_at)
            VALUES (gen_random_uuid(), 'send-dispatches', 'h', 1, \(now - 60))
            """)
        let figures = try figures(company)
        func figure(_ name: String) -> Double? {
            figures["budstikke_job_\(name){job=\"send-dispatches\"}"]
        }
        let time = now.timeIntervalSince1970
        #expect(figure("last_success_timestamp_seconds") == time - 3_600 + 30)
        #expect(figure("last_start_timestamp_seconds") == time - 60)
        #expect(figure("last_duration_seconds") == 5)
        #expect(figure("last_exit_code") == 69)
        #expect(figure("unfinished_runs") == 1)
    }

    @Test func `what waits is counted where it waits`() throws {
        let company = try TestCompany("ok-1@kunde.test", "unknown-2@kunde.test", "ok-3@kunde.test")
        company.generate()
        #expect(try waiting(company) == [#"budstikke_waiting{place="due"}"#: 3])
        let oldest = #"budstikke_waiting_oldest_timestamp_seconds{place="due"}"#
        let due = try #require(try figures(company)[oldest])
        #expect(due <= company.now.timeIntervalSince1970)

        try company.drain()
        company.now += 100 * 3_600
        let sent = try waiting(company)
        #expect(sent[#"budstikke_waiting{place="due"}"#] == nil)
        #expect(sent[#"budstikke_waiting{place="silent"}"#] == 3)

        company.reconcile()
        let heard = try figures(company)
        #expect(heard[#"budstikke_waiting{place="silent"}"#] == 0)
        #expect(heard[#"budstikke_waiting{place="todo"}"#] == 1)
        let events = heard.filter { $0.key.hasPrefix("budstikke_events_last_day{") }
        #expect(events.contains { $0.key.contains(#"class="hard""#) && $0.value == 1 })
        #expect(heard.keys.contains { $0.hasPrefix("budstikke_events_complete_until") })
    }

    @Test func `a pause that is over leaves nobody alone`() throws {
        let company = try TestCompany()
        let now = company.now
        for (tenant, until) in [(0, now + 60), (1, now - 1)] {
            _ = try company.connection.execute(
                """
                INSERT INTO provider_pause (tenant_id, provider, since, until, tries, cause, reason)
                VALUES (\(tenant), 'stub', \(now - 600), \(until), 1, 'busy', '')
                """)
        }
        let pauses = try figures(company).filter { $0.key.contains("provider_pause") }
        #expect(pauses.count == 1)
        #expect(pauses.keys.first?.contains(#"tenant="0""#) == true)
    }

    @Test func `the end of the keys is told where it is known`() throws {
        let company = try TestCompany()
        let name = "budstikke_provider_key_expires_timestamp_seconds"
        #expect(try figures(company).keys.filter { $0.hasPrefix(name) } == [])
        company.settings.provider.keyExpires = CivilDate("2027-03-31")
        let end = try figures(company).first { $0.key.hasPrefix(name) }?.value
        #expect(end == Date(timeIntervalSince1970: 1_806_537_600).timeIntervalSince1970)
    }

    @Test(arguments: ScheduledJob.allCases)
    func `an alert goes off after the silence that doctor calls too long`(
        job: ScheduledJob
    ) throws {
        let rules = try String(contentsOfFile: "monitoring/budstikke.rules.yml", encoding: .utf8)
        let name = "job=\"\(job.name)\"} > "
        let start = try #require(rules.range(of: name)).upperBound
        let factors = rules[start...].prefix { $0 != "\n" }.split(separator: " * ")
            .compactMap { Double($0) }
        #expect(factors.reduce(1, *) == job.silenceSecondsMax)
    }

    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: "/usr/bin/promtool"),
            "promtool is not installed"))
    func `alerts, panels and the runbook are of what is written`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).prom")
        defer { try? FileManager.default.removeItem(at: file) }
        try text(TestCompany()).write(to: file, atomically: true, encoding: .utf8)
        let check = Process()
        check.executableURL = URL(filePath: "scripts/check-monitoring")
        check.arguments = [file.path()]
        let words = Pipe()
        check.standardError = words
        try check.run()
        let said = String(decoding: words.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        check.waitUntilExit()
        #expect(check.terminationStatus == 0, "\(said)")
    }
}
