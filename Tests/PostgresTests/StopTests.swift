import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

/// What becomes of a connection that waits when the program is asked to stop.
@Suite final class StopTests {
    private let database: TestDatabase
    private let observer: Connection

    init() throws {
        database = try TestDatabase.empty()
        observer = try database.connect()
        try observer.run(
            script: "CREATE TABLE entry (n bigint PRIMARY KEY); INSERT INTO entry VALUES (1)")
    }

    /// Somebody asks the program to stop.
    private final class Stop: Sendable {
        private struct State {
            var askedAt: ContinuousClock.Instant?
            var isForeseen = false
        }

        private let state = Mutex(State())

        func ask() {
            state.withLock { $0.askedAt = .now }
        }

        /// The next look sees nothing of it, and the ones after that do: a stop that comes when
        /// the next statement is under way.
        func foresee() {
            state.withLock { $0 = State(isForeseen: true) }
        }

        private func secondsSince() -> Double? {
            state.withLock { state in
                if state.isForeseen {
                    state = State(askedAt: .now)
                    return nil
                }
                return state.askedAt.map { (.now - $0) / .seconds(1) }
            }
        }

        /// Limits that listen to it; all waits end soon after it, but those that are named.
        func limits(
            graceSeconds: Double = 0.1, finishingSeconds: Double = 0.1, abandonSeconds: Double = 60
        ) -> WaitLimits {
            var limits = WaitLimits(stop: TestStop { [self] in secondsSince() })
            limits.graceSeconds = graceSeconds
            limits.finishingSeconds = finishingSeconds
            limits.abandonSeconds = abandonSeconds
            return limits
        }
    }

    private static func connect(_ conninfo: String, _ limits: WaitLimits) throws -> Connection {
        try Connection(conninfo, applicationName: "budstikke-stopped", limits: limits)
    }

    /// Another that has written the row and not committed it.
    private func holdingTheRow() throws -> Connection {
        let holder = try database.connect()
        try holder.run(script: "BEGIN; UPDATE entry SET n = n; INSERT INTO entry VALUES (2)")
        return holder
    }

    /// Waits until the connection has waited for a lock so long; false where it never does.
    private static func isWaiting(
        _ observer: Connection, seconds: Double
    ) throws -> Bool {
        try eventually {
            try observer.first(
                """
                SELECT EXISTS (
                    SELECT FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'
                        AND application_name = 'budstikke-stopped'
                        AND clock_timestamp() - state_change > \(seconds) * interval '1 second'
                ) AS yes
                """
            ) { try $0["yes"] as Bool } == true
        }
    }

    private enum Work: CaseIterable {
        case statement, script, pipeline, copy

        /// Waits for the row that another holds.
        func wait(_ connection: Connection) throws {
            switch self {
            case .statement: try connection.execute("SELECT n FROM entry FOR UPDATE")
            case .script: try connection.run(script: "UPDATE entry SET n = n")
            case .pipeline:
                _ = try connection.pipeline(["SELECT 1", "DELETE FROM entry", "SELECT 2"])
            case .copy:
                try connection.copyIn("COPY entry FROM STDIN (FORMAT binary)") { writer in
                    // More than the sockets between hold.
                    for number in 2..<200_000 { try writer.row { $0.append(number) } }
                }
            }
        }
    }

    @Test(arguments: Work.allCases)
    private func `what waits for a lock is cancelled, undone, and told as a stop`(
        _ work: Work
    ) throws {
        let holder = try holdingTheRow()
        let (database, observer) = (self.database, self.observer)
        let stop = Stop()
        let failures = try inThreads([0]) { _ in
            let connection = try Self.connect(database.conninfo, stop.limits())
            var error: PostgresError?
            do {
                try connection.transaction {
                    try connection.execute("INSERT INTO entry VALUES (-1)")
                    try work.wait(connection)
                }
            } catch let failure as PostgresError { error = failure }
            #expect(error?.isStopped == true, "\(String(describing: error))")
            #expect(error?.sqlState == .queryCanceled)
            #expect(error?.isRetryable == false)
            let one = try connection.first("SELECT 1 AS one") { try $0["one"] as Int }
            #expect(one == 1, "the connection is of use")
        } whileRunning: {
            let isWaiting = try Self.isWaiting(observer, seconds: 0)
            #expect(isWaiting)
            stop.ask()
        }
        #expect(failures.isEmpty, "\(failures)")
        try holder.run(script: "ROLLBACK")
        #expect(try observer.rows("SELECT n FROM entry") { try $0["n"] as Int } == [1])
    }

    @Test(arguments: [true, false])
    func `what ends in its time is not cancelled, and what is begun after the stop has its own`(
        _ isBegunAfter: Bool
    ) throws {
        let holder = try holdingTheRow()
        let (database, observer) = (self.database, self.observer)
        let stop = Stop()
        // The other time is over at once: whoever took it would cancel.
        let limits = stop.limits(
            graceSeconds: isBegunAfter ? 0 : 3_600, finishingSeconds: isBegunAfter ? 3_600 : 0)
        let failures = try inThreads([0]) { _ in
            let connection = try Self.connect(database.conninfo, limits)
            if isBegunAfter { stop.ask() }
            try Work.statement.wait(connection)
        } whileRunning: {
            let isWaiting = try Self.isWaiting(observer, seconds: 0)
            #expect(isWaiting)
            stop.ask()
            let isStillWaiting = try Self.isWaiting(observer, seconds: 1)
            #expect(isStillWaiting)
            try holder.run(script: "COMMIT")
        }
        #expect(failures.isEmpty, "\(failures)")
    }

    @Test func `a server that does not even cancel is left`() throws {
        let line = try CuttingLine(to: database.conninfo, cuts: .silence(at: "unheard"))
        let stop = Stop()
        let connection = try Self.connect(line.conninfo, stop.limits(abandonSeconds: 0.1))
        stop.ask()
        #expect {
            try connection.transaction { _ = try connection.execute("SELECT 'unheard'") }
        } throws: { error in
            let error = error as? PostgresError
            return error?.isStopped == true && error?.kind == .connection
        }
        #expect(!connection.isInTransaction)
    }

    @Test func `a COMMIT that is left without an answer is in doubt`() throws {
        let line = try CuttingLine(to: database.conninfo, cuts: .silence(at: "COMMIT"))
        let stop = Stop()
        let connection = try Self.connect(line.conninfo, stop.limits(abandonSeconds: 0.1))
        #expect {
            try connection.transaction {
                _ = try connection.execute("INSERT INTO entry VALUES (3)")
                stop.ask()
            }
        } throws: { error in
            let error = error as? PostgresError
            return error?.isStopped == true && error?.kind == .commitInDoubt
        }
    }

    @Test func `a server that takes a connection and never answers is left`() throws {
        let server = StubLineServer { $0.hang() }
        let stop = Stop()
        stop.ask()
        #expect {
            try Self.connect("host=127.0.0.1 port=\(server.port) dbname=none", stop.limits())
        } throws: { ($0 as? PostgresError)?.isStopped == true }
    }

    @Test func `nothing is tried again after a stop`() throws {
        let holder = try holdingTheRow()
        let stop = Stop()
        let connection = try Self.connect(database.conninfo, stop.limits())
        var attempts = 0
        #expect {
            try connection.retrying {
                attempts += 1
                stop.ask()
                try connection.execute("SELECT n FROM entry FOR UPDATE NOWAIT")
            }
        } throws: { ($0 as? PostgresError)?.sqlState == .lockNotAvailable }
        #expect(attempts == 1)
        try holder.run(script: "ROLLBACK")
    }

    @Test func `a request to cancel that comes late does not hit the next statement`() throws {
        let database = self.database
        let failures = inThreads(Array(0..<8)) { _ in
            let stop = Stop()
            let connection = try Self.connect(
                database.conninfo, stop.limits(graceSeconds: 0, finishingSeconds: 3_600))
            for _ in 0..<10 {
                stop.foresee()
                // Ends about when the first look at the stop has it cancelled.
                try? connection.run(script: "SELECT pg_sleep(0.1)")
                try connection.execute("SELECT count(*) FROM generate_series(1, 20000)")
            }
        }
        #expect(failures.isEmpty, "\(failures)")
    }
}
