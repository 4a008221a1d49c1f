import Foundation
import Postgres
import TestSupport
import Testing

@testable import Store

/// The record of the programs' runs: idle ones in a row are one line, and none is lost.
struct JobRunsTests {
    private let database: TestDatabase
    private let connection: Connection
    private static let jobs = ["generate-invoices", "send-dispatches"]
    private static let hosts = ["nord", "syd"]

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
        try connection.run(script: "SET ROLE budstikke_job")
    }

    private enum Run: CaseIterable { case idle, working, failing, killed }

    private func begin(_ job: String = jobs[0], on host: String = hosts[0]) throws -> UUID {
        let id = UUID()
        try JobRuns(connection).begin(id, job: job, host: host, processID: 1)
        return id
    }

    private func end(_ id: UUID, _ run: Run) throws {
        let runs = JobRuns(connection)
        switch run {
        case .idle: try runs.end(id, exitCode: 0, summary: "{}", isIdle: true)
        case .working: try runs.end(id, exitCode: 0, summary: "{\"counts\":{\"sent\":1}}")
        case .failing: try runs.end(id, exitCode: 69, summary: "{\"error\":\"down\"}")
        case .killed: break
        }
    }

    private func lines(_ job: String? = nil) throws -> [JobRuns.Run] {
        try JobRuns(connection).latest(job: job, limit: 1_000)
    }

    private func rows() throws -> Int {
        try connection.total("SELECT FROM job_run")
    }

    // MARK: One row

    @Test func `a day of idle runs is one row, that of the last`() throws {
        var ids: [UUID] = []
        for _ in 0..<1_440 {
            ids.append(try begin())
            try end(ids[ids.count - 1], .idle)
        }
        let line = try #require(try lines().first)
        #expect(try rows() == 1)
        #expect(line.runID == ids.last && line.idleRuns == 1_440 && line.exitCode == 0)
        #expect(try #require(line.idleSince) < line.startedAt)
        #expect(try JobRuns(connection).count(job: nil) == 1)
    }

    /// Runs one after the other, of two programs on two machines, in any order.
    ///
    /// There is a row for each that did something or failed, and one for each stretch of idle ones. A killed one stands in a row of its
    /// own, or in that of the idle ones before it, and ends their stretch.
    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `as many lines as working runs and idle stretches`(_ seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        var last: [String: Run] = [:]
        var (expected, idle, killed) = (0, 0, 0)
        for _ in 0..<400 {
            let job = Self.jobs[numbers.int(0...1)]
            let host = Self.hosts[numbers.int(0...1)]
            let run = numbers.int(0...9) < 6 ? Run.idle : Run.allCases[numbers.int(0...3)]
            try end(try begin(job, on: host), run)
            if run != .idle || last[job + host] != .idle { expected += 1 }
            idle += run == .idle ? 1 : 0
            killed += run == .killed ? 1 : 0
            last[job + host] = run
        }
        let lines = try lines()
        #expect(lines.count == expected)
        #expect(try JobRuns(connection).count(job: nil) == expected)
        #expect(lines.map(\.idleRuns).reduce(0, +) == idle, "none is lost")
        #expect(lines.count { $0.endedAt == nil } == killed)
        #expect(Set(lines.map(\.runID)).count == expected)
        let starts = lines.map(\.startedAt)
        #expect(starts == starts.sorted(by: >))
    }

    // MARK: At once

    @Test func `runs of one machine that overlap are each counted`() throws {
        try end(try begin(), .idle)
        let slow = try begin()
        let quick = try begin()
        try end(quick, .idle)
        try end(try begin(), .idle)
        try end(slow, .working)
        try end(try begin(), .idle)
        let lines = try lines()
        #expect(lines.map(\.idleRuns).reduce(0, +) == 4)
        #expect(lines.count { $0.idleRuns == 0 } == 1)
        #expect(lines.count { $0.endedAt == nil } == 0)
    }

    @Test func `runs that begin and end at the same moment are each counted`() async throws {
        let database = database
        try await withThrowingTaskGroup(of: Void.self) { group in
            for machine in 0..<8 {
                group.addTask {
                    let connection = try database.connect()
                    let runs = JobRuns(connection)
                    for _ in 0..<50 {
                        let id = UUID()
                        let host = Self.hosts[machine % 2]
                        try runs.begin(id, job: Self.jobs[0], host: host, processID: machine)
                        try runs.end(id, exitCode: 0, summary: "{}", isIdle: true)
                    }
                }
            }
            try await group.waitForAll()
        }
        let lines = try lines()
        #expect(lines.map(\.idleRuns).reduce(0, +) == 400)
        #expect(lines.count { $0.endedAt == nil } == 0)
        #expect(lines.count <= 8, "no more rows than runs at a time")
    }

    // MARK: What is seen

    @Test func `a run behind idle ones that is killed is seen, and they stay`() throws {
        try end(try begin(), .idle)
        let killed = try begin()
        let (first, second) = (try lines()[0], try lines()[1])
        #expect(first.runID == killed && first.endedAt == nil && first.exitCode == nil)
        #expect(second.idleRuns == 1 && second.endedAt != nil)
        #expect(try rows() == 1)
        try end(try begin(), .idle)
        #expect(try lines().map(\.idleRuns) == [1, 0, 1])
    }

    @Test func `what is watched counts idle runs as runs`() throws {
        try end(try begin(), .failing)
        try end(try begin(), .idle)
        try end(try begin(), .idle)
        let job = try #require(
            try Gauges(connection).jobs([Self.jobs[0]], since: .distantPast).first)
        #expect(job.lastExitCode == 0 && job.unfinished == 0)
        let last = try #require(try lines().first)
        #expect(job.lastSuccessAt == last.endedAt && job.lastStartedAt == last.startedAt)
        _ = try begin()
        let running = try #require(
            try Gauges(connection).jobs([Self.jobs[0]], since: .distantPast).first)
        #expect(running.unfinished == 1 && running.lastExitCode == 0)
        #expect(try #require(running.lastStartedAt) > last.startedAt)
    }

    @Test func `a run that began before the step ends after it`() throws {
        let id = UUID()
        try connection.run(
            script: """
                INSERT INTO job_run (run_id, job, host, process_id, started_at)
                VALUES ('\(id)', '\(Self.jobs[0])', 'nord', 1, now())
                """)
        try end(id, .working)
        #expect(try lines().map(\.exitCode) == [0])
    }
}
