import Postgres
import TestSupport
import Testing

@Suite final class PreparedStatementTests {
    private let database: TestDatabase
    private let connection: Connection

    init() throws {
        database = try TestDatabase.empty()
        connection = try database.connect()
    }

    /// What the server holds prepared, the question itself left out.
    private func preparedCount() throws -> Int? {
        try connection.first(
            "SELECT count(*) AS n FROM pg_prepared_statements WHERE statement NOT LIKE '%pg_prep%'"
        ) { try $0["n"] }
    }

    @Test func `a statement is prepared once for its text`() throws {
        for number in 1...5 {
            let back = try connection.first("SELECT \(number) AS n") { try $0["n"] as Int }
            #expect(back == number)
        }
        #expect(try preparedCount() == 1)
    }

    @Test func `the same text with parameters of another type is another statement`() throws {
        #expect(try connection.first("SELECT \(1) AS v") { try $0["v"] as Int } == 1)
        #expect(try connection.first("SELECT \("one") AS v") { try $0["v"] as String } == "one")
        #expect(try connection.first("SELECT \(1.5) AS v") { try $0["v"] as Double } == 1.5)
        #expect(try preparedCount() == 3)
    }

    @Test func `the server never holds more than 256, and the most used stay`() throws {
        let favourite: Query = "SELECT 'favourite' AS v"
        let prepared: Query = """
            SELECT prepare_time::text FROM pg_prepared_statements WHERE statement LIKE '%favourite%'
                AND statement NOT LIKE '%pg_prep%'
            """
        try connection.execute(favourite)
        let first = try connection.first(prepared) { try $0["prepare_time"] as String? ?? "" }
        for number in 0..<400 {
            try connection.execute(Query(stringLiteral: "SELECT \(number) AS v"))
            try connection.execute(favourite)
        }
        #expect(try connection.first(prepared) { try $0["prepare_time"] as String? ?? "" } == first)
        #expect(try #require(try preparedCount()) <= 256)
    }

    @Test func `a change of the schema outside a transaction goes unnoticed`() throws {
        try connection.run(script: "CREATE TABLE a (n int); INSERT INTO a VALUES (1)")
        let query: Query = "SELECT * FROM a"
        #expect(try connection.first(query) { try $0["n"] as Int } == 1)
        try database.connect().run(script: "ALTER TABLE a ALTER n TYPE text, ADD m int")
        #expect(try connection.first(query) { try $0["n"] as String } == "1")
        try database.connect().run(script: "ALTER TABLE a DROP n")
        #expect(try connection.pipeline([query, query]).map(\.count) == [1, 1])
    }

    @Test func `a change of the schema within a transaction is mended by trying it again`() throws {
        try connection.run(script: "CREATE TABLE a (n int); INSERT INTO a VALUES (1)")
        let query: Query = "SELECT * FROM a"
        try connection.execute(query)
        try database.connect().run(script: "ALTER TABLE a ADD m int")
        var attempts = 0
        try connection.retrying {
            try self.connection.transaction {
                attempts += 1
                try self.connection.execute(query)
            }
        }
        #expect(attempts == 2)
    }

    @Test func `statements that the server has forgotten are prepared again`() throws {
        let query: Query = "SELECT \(1) AS n"
        try connection.execute(query)
        try connection.run(script: "DEALLOCATE ALL")
        #expect(try connection.first(query) { try $0["n"] as Int } == 1)
        try connection.run(script: "DEALLOCATE ALL")
        #expect(try connection.pipeline([query, query]).map(\.count) == [1, 1])
    }
}
