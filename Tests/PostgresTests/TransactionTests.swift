import Postgres
import TestSupport
import Testing

@Suite final class TransactionTests {
    private struct Stop: Error {}

    private let database: TestDatabase
    private let connection: Connection
    private let observer: Connection

    init() throws {
        database = try TestDatabase.empty()
        connection = try database.connect()
        observer = try database.connect()
        try connection.run(
            script: """
                CREATE TABLE entry (n int PRIMARY KEY);
                CREATE TABLE late (
                    n int REFERENCES entry DEFERRABLE INITIALLY DEFERRED);
                """)
    }

    private func insert(_ number: Int) throws {
        try connection.execute("INSERT INTO entry VALUES (\(number))")
    }

    private func entries() throws -> [Int] {
        try observer.rows("SELECT n FROM entry ORDER BY n") { try $0["n"] }
    }

    @Test func `what the body did is committed and its value returned`() throws {
        let value = try connection.transaction {
            try self.insert(1)
            #expect(self.connection.isInTransaction)
            #expect(try self.entries() == [])
            return "done"
        }
        #expect(value == "done")
        #expect(!connection.isInTransaction)
        #expect(try entries() == [1])
    }

    @Test func `an error of the body undoes it and is thrown on`() throws {
        #expect(throws: Stop.self) {
            try self.connection.transaction {
                try self.insert(1)
                throw Stop()
            }
        }
        #expect(!connection.isInTransaction)
        #expect(try entries() == [])
        try connection.transaction { try self.insert(2) }
        #expect(try entries() == [2])
    }

    @Test func `a refused statement undoes the transaction`() throws {
        #expect(throws: PostgresError.self) {
            try self.connection.transaction {
                try self.insert(1)
                try self.insert(1)
            }
        }
        #expect(try entries() == [])
    }

    @Test func `a body that hides a failure is not taken for committed`() throws {
        #expect {
            try self.connection.transaction {
                try self.insert(1)
                try? self.insert(1)
            }
        } throws: { ($0 as? PostgresError)?.sqlState == .inFailedTransaction }
        #expect(try entries() == [])
        try connection.transaction { try self.insert(2) }
        #expect(try entries() == [2])
    }

    @Test func `a body that ends the transaction itself is found out`() throws {
        #expect {
            try self.connection.transaction { try self.connection.run(script: "ROLLBACK") }
        } throws: { ($0 as? PostgresError)?.kind == .usage }
    }

    @Test func `a constraint that is checked at COMMIT fails the transaction, without doubt`()
        throws
    {
        #expect {
            try self.connection.transaction {
                try self.insert(1)
                try self.connection.execute("INSERT INTO late VALUES (7)")
            }
        } throws: {
            ($0 as? PostgresError)?.kind == .server
                && ($0 as? PostgresError)?.sqlState == .foreignKeyViolation
        }
        #expect(!connection.isInTransaction)
        #expect(try entries() == [])
    }

    @Test func `a rehearsal leaves nothing`() throws {
        let count = try connection.rehearsing {
            try self.insert(1)
            return try self.connection.first("SELECT count(*) AS n FROM entry") {
                try $0["n"] as Int
            }
        }
        #expect(count == 1)
        #expect(!connection.isInTransaction)
        #expect(try entries() == [])
    }

    /// What a savepoint that inserts these and then stops, if nothing stops it before, throws.
    private func undone(_ numbers: [Int]) -> (any Error)? {
        do {
            try connection.savepoint {
                for number in numbers { try self.insert(number) }
                throw Stop()
            }
            return nil
        } catch {
            return error
        }
    }

    @Test func `a savepoint is undone alone`() throws {
        try connection.transaction {
            try self.insert(1)
            #expect(self.undone([2]) is Stop)
            #expect(self.undone([2, 1]) is PostgresError)
            try self.connection.savepoint { try self.insert(3) }
        }
        #expect(try entries() == [1, 3])
    }

    @Test func `savepoints nest, and the outer undoes the inner`() throws {
        try connection.transaction {
            try self.connection.savepoint {
                try self.insert(1)
                try? self.connection.savepoint {
                    try self.insert(2)
                    throw Stop()
                }
                try self.connection.savepoint { try self.insert(3) }
            }
            try? self.connection.savepoint {
                try self.connection.savepoint { try self.insert(4) }
                throw Stop()
            }
        }
        #expect(try entries() == [1, 3])
    }

    @Test func `a savepoint whose body hides a failure is undone and throws`() throws {
        try connection.transaction {
            try self.insert(1)
            #expect(throws: PostgresError.self) {
                try self.connection.savepoint {
                    try self.insert(2)
                    try? self.insert(2)
                }
            }
            try self.insert(5)
        }
        #expect(try entries() == [1, 5])
    }

    @Test func `a statement prepared in a transaction that fails is of use after it`() throws {
        #expect(throws: Stop.self) {
            try self.connection.transaction {
                try self.insert(1)
                throw Stop()
            }
        }
        try insert(1)
        #expect(try entries() == [1])
    }
}
