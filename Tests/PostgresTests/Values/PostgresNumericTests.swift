import Postgres
import TestSupport
import Testing

@Suite final class PostgresNumericTests {
    private let connection: Connection

    init() throws {
        connection = try TestDatabase.empty().connect()
    }

    @Test(arguments: [
        (0, "0.000000"), (1, "0.000001"), (-1, "-0.000001"), (100, "0.000100"),
        (10_000, "0.010000"), (999_999, "0.999999"), (1_000_000, "1.000000"),
        (9_999_000_000, "9999.000000"), (10_000_000_000, "10000.000000"),
        (-12_345_678_901_234, "-12345678.901234"), (100_000_000_000_000, "100000000.000000"),
        (Int128(Int64.max), "9223372036854.775807"),
        (Int128(Int64.min), "-9223372036854.775808"),
        (Int128(Int64.max) * 10_000, "92233720368547758.070000"),
    ])
    func `numbers go both ways`(_ millionths: Int128, _ text: String) throws {
        let number = PostgresNumeric(millionths: millionths)
        let (back, sent) = try #require(
            try connection.first("SELECT \(number) AS number, (\(number))::text AS text") { row in
                (try row["number"] as PostgresNumeric, try row["text"] as String)
            })
        #expect(back == number)
        #expect(sent == text)
    }

    @Test(arguments: [
        ("1", 1_000_000), ("1e12", 1_000_000_000_000_000_000), ("0.10", 100_000),
        ("-250.5", -250_500_000), ("100000.000000000000", 100_000_000_000), ("0e-20", 0),
    ])
    func `numbers of any scale are read`(_ text: String, _ millionths: Int128) throws {
        let number = try connection.first("SELECT (\(text))::numeric AS number") {
            try $0["number"] as PostgresNumeric
        }
        #expect(number?.millionths == millionths)
    }

    @Test(arguments: ["0.0000001", "1e28", "1e40", "-1e-8", "NaN", "Infinity", "-Infinity"])
    func `what millionths can't hold is an error and no other number`(_ text: String) throws {
        #expect {
            try self.connection.first("SELECT (\(text))::numeric AS number") {
                try $0["number"] as PostgresNumeric
            }
        } throws: { ($0 as? PostgresError)?.kind == .decoding }
    }

    @Test func `a thousand numbers of every size come back`() throws {
        var generator = SystemRandomNumberGenerator()
        let numbers = (0..<1_000).map { index in
            PostgresNumeric(
                millionths: Int128(Int64(bitPattern: generator.next()) >> (index % 63)))
        }
        let back = try connection.rows("SELECT * FROM unnest(\(numbers)) AS n (number)") {
            try $0["number"] as PostgresNumeric
        }
        #expect(back == numbers)
    }
}
