import Postgres
import TestSupport
import Testing

@Suite struct RowSetTests {
    private let rows: RowSet = """
        number \([1, 2]), name \(["one", nil]),
        days::int[] \(["{1,2}", "{}"])
        """

    @Test func `a column's name stands before its values, and a cast where it is read`() {
        #expect(rows.columnNames.sql == "number, name, days")
        #expect(rows.columns(of: "r").sql == "r.number, r.name, r.days::int[]")
        let table = rows.table("r")
        #expect(table.sql == "unnest($1, $2, $3) AS r (number, name, days)")
        #expect(table.parameters.count == 3)
    }

    @Test func `further columns of the same rows stand where they are put`() {
        let more: RowSet = "a \([true, false]), \(rows), b \([0.5, 1])"
        #expect(more.columnNames.sql == "a, number, name, days, b")
        #expect(more.table("m").sql == "unnest($1, $2, $3, $4, $5) AS m (a, number, name, days, b)")
    }

    @Test func `a statement reads the rows back`() throws {
        let connection = try TestDatabase.empty().connect()
        let read = try connection.rows(
            "SELECT \(rows.columns(of: "r")) FROM \(rows.table("r")) ORDER BY r.number"
        ) { row in
            (
                number: try row["number"] as Int, name: try row["name"] as String?,
                days: try row["days"] as [Int]
            )
        }
        #expect(read.map(\.number) == [1, 2])
        #expect(read.map(\.name) == ["one", nil])
        #expect(read.map(\.days) == [[1, 2], []])
    }
}
