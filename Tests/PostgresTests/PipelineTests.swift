import Postgres
import TestSupport
import Testing

@Suite final class PipelineTests {
    private let database: TestDatabase
    private let connection: Connection

    init() throws {
        database = try TestDatabase.empty()
        connection = try database.connect()
        try connection.run(
            script: """
                CREATE TABLE entry (n bigint PRIMARY KEY, payload bytea);
                CREATE TABLE late (n bigint REFERENCES entry DEFERRABLE INITIALLY DEFERRED);
                """)
    }

    private func count() throws -> Int? {
        try database.connect().first("SELECT count(*) AS n FROM entry") { try $0["n"] }
    }

    private func insert(_ number: Int) -> Query {
        "INSERT INTO entry (n) VALUES (\(number))"
    }

    @Test func `each statement says how many rows it changed`() throws {
        let counts = try connection.pipeline([
            insert(1), insert(2), "UPDATE entry SET payload = ''", "DELETE FROM entry WHERE n = 9",
            "SELECT * FROM entry",
        ]).map(\.affectedRows)
        #expect(counts == [1, 1, 2, 0, 2])
        #expect(try connection.pipeline([Query]()).isEmpty)
    }

    @Test func `each statement gives its own rows`() throws {
        let results = try connection.pipeline([
            "INSERT INTO entry (n) VALUES (7), (8)", "SELECT n FROM entry ORDER BY n",
            "SELECT \("Kari") AS name", "SELECT n FROM entry WHERE n = 9",
        ])
        #expect(results.map(\.affectedRows) == [2, 2, 1, 0])
        #expect(try results[1].map { try $0["n"] as Int } == [7, 8])
        #expect(try results[2].map { try $0["name"] as String } == ["Kari"])
        #expect(results[3].isEmpty)
    }

    @Test func `thousands of statements, large ones too, go through`() throws {
        let payload = [UInt8](repeating: 7, count: 10_000)
        let counts = try connection.pipeline(
            (0..<5_000).map { number in
                number % 10 == 0
                    ? "INSERT INTO entry VALUES (\(number), \(payload))" : insert(number)
            }
        ).map(\.affectedRows)
        #expect(counts == Array(repeating: 1, count: 5_000))
        #expect(try count() == 5_000)
    }

    @Test func `answers that are larger than any buffer do not stop it`() throws {
        let query: Query = "SELECT repeat('x', 100000) FROM generate_series(1, 10)"
        #expect(try connection.pipeline(Array(repeating: query, count: 100)).count == 100)
    }

    @Test func `one failure undoes all and is the one that is thrown`() throws {
        #expect {
            try self.connection.pipeline(
                (0..<1_000).map { self.insert($0) } + [self.insert(5)]
                    + (1_000..<1_400).map { self.insert($0) })
        } throws: {
            ($0 as? PostgresError)?.sqlState == .uniqueViolation
                && ($0 as? PostgresError)?.sql == self.insert(5).sql
        }
        #expect(try count() == 0)
        #expect(try connection.pipeline([insert(5)]).map(\.affectedRows) == [1])
    }

    @Test func `a statement that can't be prepared undoes all`() throws {
        #expect {
            try self.connection.pipeline([self.insert(1), "SELECT nothing", self.insert(2)])
        } throws: { ($0 as? PostgresError)?.sqlState == .undefinedColumn }
        #expect(try count() == 0)
    }

    @Test func `a constraint that is checked at the end undoes all`() throws {
        #expect {
            try self.connection.pipeline([self.insert(1), "INSERT INTO late VALUES (7)"])
        } throws: { ($0 as? PostgresError)?.sqlState == .foreignKeyViolation }
        #expect(try count() == 0)
        #expect(try connection.pipeline([insert(1), "INSERT INTO late VALUES (1)"]).count == 2)
    }

    @Test func `it is part of the transaction that is open`() throws {
        try connection.rehearsing {
            let counts = try self.connection.pipeline([self.insert(1), self.insert(2)])
            #expect(counts.map(\.affectedRows) == [1, 1])
        }
        #expect(try count() == 0)
        try connection.transaction {
            try self.connection.execute(self.insert(1))
            _ = try self.connection.pipeline([self.insert(2)])
        }
        #expect(try count() == 2)
    }

    @Test func `a failure in a savepoint is undone with it`() throws {
        try connection.transaction {
            try self.connection.execute(self.insert(1))
            #expect(throws: PostgresError.self) {
                try self.connection.savepoint {
                    _ = try self.connection.pipeline([self.insert(2), self.insert(1)])
                }
            }
        }
        #expect(try count() == 1)
    }

    @Test func `its statements are prepared once, with those of execute`() throws {
        try connection.execute(insert(1))
        _ = try connection.pipeline((2...20).map { insert($0) })
        let prepared = try connection.first(
            "SELECT count(*) AS n FROM pg_prepared_statements WHERE statement LIKE 'INSERT%'"
        ) { try $0["n"] as Int }
        #expect(prepared == 1)
    }

    @Test func `more statements than may stay prepared go through`() throws {
        let queries = (0..<600).map { Query(stringLiteral: "SELECT \($0)") }
        #expect(try connection.pipeline(queries).count == 600)
        let prepared = try connection.first("SELECT count(*) AS n FROM pg_prepared_statements") {
            try $0["n"] as Int
        }
        #expect((prepared ?? 999) <= 257)
    }
}
