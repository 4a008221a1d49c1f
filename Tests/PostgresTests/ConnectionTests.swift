import Postgres
import TestSupport
import Testing

@Suite final class ConnectionTests {
    private let database: TestDatabase
    private let connection: Connection

    init() throws {
        database = try TestDatabase.empty()
        connection = try database.connect()
    }

    private func setting(_ name: String) throws -> String? {
        try connection.first("SELECT current_setting(\(name)) AS value") { try $0["value"] }
    }

    @Test(arguments: [
        ("client_encoding", "UTF8"), ("TimeZone", "UTC"),
        ("search_path", "budstikke, public"), ("application_name", "budstikke-tests"),
    ])
    func `the session is set up`(_ name: String, _ value: String) throws {
        #expect(try setting(name) == value)
    }

    @Test func `a server that is not there is a connection error`() {
        #expect {
            try Connection("host=/nonexistent dbname=x", applicationName: "budstikke-tests")
        } throws: { error in
            let error = error as? PostgresError
            return error?.kind == .connection && error?.isConnectionLost == true
                && "\(error?.description ?? "")".contains("/nonexistent")
        }
    }

    @Test func `a connection string that can't be read is not shown`() {
        #expect {
            try Connection("host=/tmp password=my secret", applicationName: "budstikke-tests")
        } throws: { error in
            (error as? PostgresError)?.kind == .conninfo && !"\(error)".contains("secret")
        }
    }

    @Test func `a statement or a connection string with a NUL is refused, not cut short`() {
        let isUsage: (any Error) -> Bool = { ($0 as? PostgresError)?.kind == .usage }
        #expect { try self.connection.execute("SELECT 1\0 FROM nowhere") } throws: { isUsage($0) }
        #expect { try self.connection.run(script: "SELECT 1\0") } throws: { isUsage($0) }
        #expect { try self.connection.pipeline(["SELECT 1\0"]) } throws: { isUsage($0) }
        #expect {
            try Connection("host=/tmp\0", applicationName: "budstikke-tests")
        } throws: { ($0 as? PostgresError)?.kind == .conninfo }
    }

    @Test func `a closed connection says so`() throws {
        connection.close()
        #expect {
            try self.connection.execute("SELECT 1")
        } throws: {
            ($0 as? PostgresError)?.kind == .connection && "\($0)".contains("closed")
        }
    }

    @Test func `a script runs many statements as one transaction`() throws {
        try connection.run(
            script: "CREATE TABLE a (n int); INSERT INTO a VALUES (1); INSERT INTO a VALUES (2)")
        #expect(throws: PostgresError.self) {
            try self.connection.run(script: "DELETE FROM a; SELECT 1 / 0")
        }
        #expect(try connection.first("SELECT count(*) AS n FROM a") { try $0["n"] } == 2)
    }

    @Test func `a script may begin a transaction, and that is known`() throws {
        #expect(!connection.isInTransaction)
        try connection.run(script: "BEGIN")
        #expect(connection.isInTransaction)
        try connection.run(script: "ROLLBACK")
        #expect(!connection.isInTransaction)
    }

    @Test(arguments: ["COPY (SELECT 1) TO STDOUT", "COPY pg_class TO STDOUT"])
    func `a COPY outside copyIn is refused and leaves the connection usable`(
        _ statement: String
    ) throws {
        #expect {
            try self.connection.run(script: statement)
        } throws: { ($0 as? PostgresError)?.kind == .usage }
        #expect(try connection.first("SELECT 1 AS one") { try $0["one"] as Int } == 1)
    }
}
