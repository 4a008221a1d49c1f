import Postgres
import TestSupport
import Testing

/// The limits of a session: how long a lock is waited for, and how long a statement takes.
@Suite struct LimitTests {
    private let database: TestDatabase

    init() throws {
        database = try TestDatabase.empty()
        try database.connect().run(
            script: "CREATE TABLE entry (n int); INSERT INTO entry VALUES (1)")
    }

    private func connect(_ limits: WaitLimits) throws -> Connection {
        try Connection(database.conninfo, applicationName: "budstikke-tests", limits: limits)
    }

    @Test func `a lock is waited for once, for as long as the limit lets`() throws {
        let holder = try database.connect()
        try holder.run(script: "BEGIN; SELECT * FROM entry FOR UPDATE")
        let connection = try connect(WaitLimits(lockSeconds: 1))
        var attempts = 0
        #expect {
            try connection.retrying {
                attempts += 1
                try connection.execute("SELECT * FROM entry FOR UPDATE")
            }
        } throws: { error in
            let error = error as? PostgresError
            return error?.sqlState == .lockNotAvailable && error?.isLockTimeout == true
                && error?.isStopped == false
        }
        #expect(attempts == 1)
    }

    @Test func `a statement that takes too long is cancelled, and that is no stop`() throws {
        let connection = try connect(WaitLimits(statementSeconds: 1))
        #expect {
            try connection.execute("SELECT pg_sleep(3600)")
        } throws: { error in
            let error = error as? PostgresError
            return error?.sqlState == .queryCanceled && error?.isStopped == false
        }
    }

    @Test func `without limits the session has none, whatever its role has`() throws {
        let options = " options='-c lock_timeout=1 -c statement_timeout=60000'"
        let connection = try Connection(
            database.conninfo + options, applicationName: "budstikke-tests")
        for name in ["lock_timeout", "statement_timeout"] {
            let value = try connection.first("SELECT current_setting(\(name)) AS value") {
                try $0["value"] as String
            }
            #expect(value == "0", "\(name)")
        }
    }
}
