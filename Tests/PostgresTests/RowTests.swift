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

@Suite struct QueryTests {
    @Test func `a value becomes a parameter and never text`() {
        let name = "O'Brien; DROP TABLE invoice"
        let query: Query = "SELECT \(name), \(7)"
        #expect(query.sql == "SELECT $1, $2")
        #expect(query.parameters == [PostgresValue(name), PostgresValue(7)])
    }

    @Test func `an optional is a parameter of its own type, and nil is NULL`() {
        let missing: Int? = nil
        let query: Query = "SELECT \(missing), \(Optional("x"))"
        #expect(
            query.parameters == [
                PostgresValue(oid: Int.oid, bytes: nil), PostgresValue("x"),
            ])
    }

    @Test func `bytes are one value and other arrays are arrays`() {
        let query: Query = "SELECT \([1, 2] as [UInt8]), \([1, 2]), \([[1], [2]] as [[UInt8]])"
        #expect(query.parameters.map(\.oid) == [[UInt8].oid, Int.arrayOID, [UInt8].arrayOID])
    }

    @Test func `joined fragments have their parameters numbered on`() {
        var query: Query = "SELECT '$1' FROM a WHERE b = \(1)"
        query.append(" AND c = \(2)")
        let joined = query + " AND d = \(3) ORDER BY e"
        #expect(joined.sql == "SELECT '$1' FROM a WHERE b = $1 AND c = $2 AND d = $3 ORDER BY e")
        #expect(joined.parameters == [PostgresValue(1), PostgresValue(2), PostgresValue(3)])
    }

    @Test func `a fragment within a statement has its parameters numbered in place`() {
        let condition: Query = "b = \(2) OR c = \(3)"
        let query: Query = "SELECT \(1) WHERE (\(condition)) LIMIT \(4)"
        #expect(query.sql == "SELECT $1 WHERE (b = $2 OR c = $3) LIMIT $4")
        #expect(query.parameters == (1...4).map { PostgresValue($0) })
    }

    @Test func `a statement without parameters is its text`() {
        let query: Query = "SELECT 1"
        #expect(query.sql == "SELECT 1")
        #expect(query.parameters.isEmpty)
    }
}
