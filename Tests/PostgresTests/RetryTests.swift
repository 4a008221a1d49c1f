import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@Suite final class RetryTests {
    private let database: TestDatabase
    private let connection: Connection

    init() throws {
        database = try TestDatabase.empty()
        connection = try database.connect()
        try connection.run(
            script: "CREATE TABLE account (id int PRIMARY KEY, n int NOT NULL);"
                + "INSERT INTO account VALUES (1, 0), (2, 0)")
    }

    private func balances() throws -> [Int] {
        try connection.rows("SELECT n FROM account ORDER BY id") { try $0["n"] }
    }

    @Test func `two that lock in opposite orders both finish, one of them at its second try`()
        throws
    {
        // Both hold their first row before either asks for its second: a deadlock, every time.
        let bothHold = Meeting(of: 2)
        let attempts = Mutex(0)
        let database = self.database
        let failures = inThreads([(1, 2), (2, 1)]) { first, second in
            let connection = try database.connect()
            try connection.run(script: "SET deadlock_timeout = '50ms'")
            var isFirstAttempt = true
            try connection.retrying {
                attempts.withLock { $0 += 1 }
                try connection.transaction {
                    let update: (Int) -> Query = {
                        "UPDATE account SET n = n + 1 WHERE id = \($0)"
                    }
                    try connection.execute(update(first))
                    if isFirstAttempt {
                        isFirstAttempt = false
                        bothHold.wait()
                    }
                    try connection.execute(update(second))
                }
            }
        }
        #expect(failures.isEmpty)
        #expect(try balances() == [2, 2])
        #expect(attempts.withLock(\.self) == 3)
    }

    @Test func `a serialization failure is tried again`() throws {
        let other = try database.connect()
        var attempts = 0
        try connection.retrying {
            try self.connection.transaction {
                attempts += 1
                try self.connection.run(script: "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                let n = try self.connection.first("SELECT n FROM account WHERE id = 1") {
                    try $0["n"] as Int
                }
                if attempts == 1 { try other.run(script: "UPDATE account SET n = 10 WHERE id = 1") }
                try self.connection.execute("UPDATE account SET n = \((n ?? 0) + 1) WHERE id = 1")
            }
        }
        #expect(attempts == 2)
        #expect(try balances() == [11, 0])
    }

    @Test func `a lock that is never to be had is given up after so many attempts`() throws {
        let other = try database.connect()
        try other.run(script: "BEGIN; SELECT * FROM account FOR UPDATE")
        var attempts = 0
        #expect {
            try self.connection.retrying(attempts: 3) {
                attempts += 1
                try self.connection.transaction {
                    try self.connection.execute("SELECT * FROM account FOR UPDATE NOWAIT")
                }
            }
        } throws: { ($0 as? PostgresError)?.sqlState == .lockNotAvailable }
        #expect(attempts == 3)
    }

    @Test func `what would fail again is not tried again`() throws {
        var attempts = 0
        #expect(throws: PostgresError.self) {
            try self.connection.retrying {
                attempts += 1
                try self.connection.execute("INSERT INTO account VALUES (1, 0)")
            }
        }
        #expect(attempts == 1)
    }

    @Test func `within a transaction nothing is tried again`() throws {
        let other = try database.connect()
        try other.run(script: "BEGIN; SELECT * FROM account FOR UPDATE")
        var attempts = 0
        #expect(throws: PostgresError.self) {
            try self.connection.transaction {
                try self.connection.retrying {
                    attempts += 1
                    try self.connection.execute("SELECT * FROM account FOR UPDATE NOWAIT")
                }
            }
        }
        #expect(attempts == 1)
    }
}
