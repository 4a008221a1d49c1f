import Foundation
import Logging
import Postgres
import Runtime
import TestSupport
import Testing

@testable import UseCases

/// Who watches from outside hears of a run's beginning and end, and never makes it fail.
struct HealthPingTests {
    private func run(
        _ url: String, _ body: () throws -> RunSummary
    ) throws -> (summary: RunSummary, runID: String) {
        let connection = try TestDatabase().connect()
        var settings = Settings()
        settings.ping.sendDispatches = url
        var log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        log.logLevel = .critical
        let summary = try RecordedRun.run(
            "send-dispatches", connection: connection,
            context: RunContext(settings: settings, log: log), body)
        let id = try connection.first("SELECT run_id AS id FROM job_run") { try $0["id"] as UUID }
        return (summary, try #require(id).uuidString.lowercased())
    }

    private static let failed = RunSummary(job: "send-dispatches", counts: [("sent", 2)], failed: 1)

    @Test func `a run is told of when it begins, and how it ended, under its id`() throws {
        let watcher = StubServer { _ in .answer(200, body: "OK") }
        let (_, id) = try run(watcher.url + "/uuid") { Self.failed }
        watcher.stop()
        let requests = watcher.requests
        #expect(requests.map(\.target) == ["/uuid/start?rid=\(id)", "/uuid/0?rid=\(id)"])
        #expect(requests.map(\.method) == ["POST", "POST"])
        #expect(requests.last?.text == Self.failed.json)
    }

    @Test func `a run that ends badly is told with its exit code`() throws {
        let watcher = StubServer { _ in .answer(200) }
        #expect(throws: UsageError.self) {
            try run(watcher.url) { throw UsageError("the provider is down", exit: .unavailable) }
        }
        watcher.stop()
        #expect(watcher.requests.last?.target.hasPrefix("/69?rid=") == true)
        #expect(watcher.requests.last?.text.contains("the provider is down") == true)
    }

    @Test(arguments: [StubServer.Reaction.answer(500), .close, .reset, .raw("nonsense")])
    func `a watcher that is out of order is no run's fault`(
        _ reaction: StubServer.Reaction
    ) throws {
        let watcher = StubServer { _ in reaction }
        #expect(try run(watcher.url) { Self.failed }.summary.failed == 1)
        watcher.stop()
    }

    @Test func `nobody is there, and the run goes on`() throws {
        #expect(try run("http://127.0.0.1:1") { Self.failed }.summary.failed == 1)
    }
}
