import Postgres
import TestSupport
import Testing

@Suite final class RowTests {
    private let connection: Connection

    init() throws {
        connection = try TestDatabase.empty().connect()
    }

    @Test func `a column is read by name and by position`() throws {
        let values = try connection.first("SELECT 1 AS a, NULL::int AS b") { row in
            [try row["a"] as Int, try row[0] as Int, try row[1] as Int? ?? -1]
        }
        #expect(values == [1, 1, -1])
    }

    @Test func `integers are read across widths where they fit`() throws {
        let row = try #require(
            try connection.execute(
                "SELECT 7::int2 AS two, 70000::int4 AS four, 5000000000::int8 AS eight"
            ).first)
        #expect(try row["two"] as Int == 7)
        #expect(try row["two"] as Int32 == 7)
        #expect(try row["four"] as Int64 == 70_000)
        #expect(try row["eight"] as Int == 5_000_000_000)
        #expect(throws: PostgresError.self) { try row["four"] as Int16 }
        #expect(throws: PostgresError.self) { try row["eight"] as Int32 }
    }

    @Test func `NULL where a value is needed names the column`() throws {
        let row = try #require(try connection.execute("SELECT NULL::text AS email").first)
        #expect(try row["email"] as String? == nil)
        #expect {
            try row["email"] as String
        } throws: {
            "\($0)" == "database: NULL where a value is needed, column email"
        }
    }

    @Test func `a value of another type names the column and both types`() throws {
        let row = try #require(try connection.execute("SELECT 'x'::text AS total").first)
        #expect {
            try row["total"] as Int
        } throws: {
            "\($0)" == "database: a value of type text can't be read as Int, column total"
        }
    }

    @Test func `an unknown column is named`() throws {
        let row = try #require(try connection.execute("SELECT 1 AS a").first)
        #expect {
            try row["b"] as Int
        } throws: { ($0 as? PostgresError)?.kind == .usage && "\($0)".contains("column b") }
        #expect(throws: PostgresError.self) { try row[1] as Int }
    }

    @Test func `a name that stands twice is not guessed at`() throws {
        let row = try #require(try connection.execute("SELECT 1 AS id, 2 AS id").first)
        #expect(throws: PostgresError.self) { try row["id"] as Int }
        #expect(try row[1] as Int == 2)
    }

    @Test func `a result is a collection of its rows`() throws {
        let result = try connection.execute("SELECT i FROM generate_series(1, 3) AS i")
        #expect(result.count == 3)
        #expect(result.affectedRows == 3)
        #expect(try result.map { try $0["i"] as Int } == [1, 2, 3])
        #expect(try connection.execute("SELECT 1 WHERE false").isEmpty)
    }
}
