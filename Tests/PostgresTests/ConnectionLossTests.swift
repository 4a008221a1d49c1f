import Postgres
import TestSupport
import Testing

@Suite final class ConnectionLossTests {
    private let database: TestDatabase
    private let observer: Connection

    init() throws {
        database = try TestDatabase.empty()
        observer = try database.connect()
        try observer.run(script: "CREATE TABLE entry (n bigint PRIMARY KEY)")
    }

    private func entries() throws -> [Int] {
        try observer.rows("SELECT n FROM entry ORDER BY n") { try $0["n"] }
    }

    private func processID(of connection: Connection) throws -> Int32 {
        try #require(
            try connection.first("SELECT pg_backend_pid() AS pid") { try $0["pid"] as Int32 })
    }

    /// Returns once the server's process has gone.
    private func terminate(_ processID: Int32) throws {
        let hasGone = try observer.first(
            "SELECT pg_terminate_backend(\(processID), 10000) AS has_gone"
        ) { try $0["has_gone"] as Bool }
        #expect(hasGone == true)
    }

    private func failure(_ body: () throws -> Void) -> PostgresError? {
        do {
            try body()
            return nil
        } catch {
            return error as? PostgresError
        }
    }

    @Test func `a connection that breaks in a transaction undoes it`()
        throws
    {
        let connection = try database.connect()
        let error = failure {
            try connection.transaction {
                try connection.execute("INSERT INTO entry VALUES (1)")
                try self.terminate(try self.processID(of: connection))
                try connection.execute("INSERT INTO entry VALUES (2)")
            }
        }
        #expect(error?.kind == .connection)
        #expect(error?.sqlState == .adminShutdown)
        #expect(error?.isConnectionLost == true)
        #expect(!connection.isInTransaction)
        #expect(try entries() == [])
        #expect(failure { try connection.execute("SELECT 1") }?.kind == .connection)
    }

    @Test func `a connection that broke before COMMIT leaves no doubt`() throws {
        let connection = try database.connect()
        let error = failure {
            try connection.transaction {
                try connection.execute("INSERT INTO entry VALUES (1)")
                try self.terminate(try self.processID(of: connection))
            }
        }
        #expect(error?.kind == .connection)
        #expect(try entries() == [])
    }

    @Test func `a COMMIT that was done but whose answer is lost is in doubt`() throws {
        let line = try CuttingLine(to: database.conninfo, cuts: .answerToCommit)
        let connection = try Connection(line.conninfo, applicationName: "budstikke-tests")
        let error = failure {
            try connection.transaction {
                _ = try connection.execute("INSERT INTO entry VALUES (1)")
            }
        }
        #expect(error?.kind == .commitInDoubt)
        #expect(error?.isConnectionLost == true)
        #expect(error?.isRetryable == false)
        #expect(try entries() == [1])
    }

    @Test func `a COMMIT that never arrived is in doubt too`() throws {
        let line = try CuttingLine(to: database.conninfo, cuts: .commit)
        let connection = try Connection(line.conninfo, applicationName: "budstikke-tests")
        let error = failure {
            try connection.transaction {
                _ = try connection.execute("INSERT INTO entry VALUES (1)")
            }
        }
        #expect(error?.kind == .commitInDoubt)
        #expect(try entries() == [])
    }

    @Test func `a COMMIT in doubt is not tried again by itself`() throws {
        let line = try CuttingLine(to: database.conninfo, cuts: .answerToCommit)
        let connection = try Connection(line.conninfo, applicationName: "budstikke-tests")
        var attempts = 0
        let error = failure {
            try connection.retrying {
                attempts += 1
                try connection.transaction {
                    _ = try connection.execute("INSERT INTO entry VALUES (1)")
                }
            }
        }
        #expect(error?.kind == .commitInDoubt)
        #expect(attempts == 1)
    }

    @Test func `an answer that breaks off anywhere is a connection lost`() throws {
        try observer.run(script: "INSERT INTO entry SELECT generate_series(1, 3)")
        // The answers to the preparing and to the rows, with the end of each: some 200 bytes.
        var cuts = 0
        for count in 0..<1_000 {
            let line = try CuttingLine(
                to: database.conninfo, cuts: .answer(to: "ORDER BY", bytes: count))
            let connection = try Connection(line.conninfo, applicationName: "budstikke-tests")
            let error = failure {
                try connection.rows("SELECT n, 'æ' AS t FROM entry ORDER BY n") { _ in }
            }
            guard let error else { break }
            #expect(error.kind == .connection, "after \(count) bytes: \(error)")
            cuts += 1
        }
        #expect(cuts > 20)
    }

    @Test func `a pipeline and a COPY whose connection breaks say so`() throws {
        let connection = try database.connect()
        try terminate(try processID(of: connection))
        let queries = [Query](repeating: "INSERT INTO entry VALUES (1)", count: 2_000)
        #expect(failure { _ = try connection.pipeline(queries) }?.kind == .connection)
        let copying = try database.connect()
        let error = failure {
            try copying.copyIn("COPY entry FROM STDIN (FORMAT binary)") { writer in
                try self.terminate(self.copyingProcessID())
                for number in 0..<50_000 { try writer.row { $0.append(number) } }
            }
        }
        #expect(error?.kind == .connection)
        #expect(try entries() == [])
    }

    /// A connection in the midst of a COPY can't be asked.
    private func copyingProcessID() throws -> Int32 {
        try #require(
            try observer.first(
                """
                SELECT pid FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                    AND query LIKE 'COPY%'
                """
            ) { try $0["pid"] as Int32 })
    }
}
