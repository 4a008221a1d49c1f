import Postgres
import Testing

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
