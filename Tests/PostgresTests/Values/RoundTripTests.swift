import Foundation
import Postgres
import TestSupport
import Testing

/// What is bound comes back as it was, and the server has understood it as we meant it.
@Suite final class RoundTripTests {
    private let connection: Connection

    init() throws {
        connection = try TestDatabase.empty().connect()
    }

    private func check<T: PostgresEncodable & PostgresDecodable & Equatable>(
        _ value: T, is text: String, location: SourceLocation = #_sourceLocation
    ) throws {
        let (back, sent) = try #require(
            try connection.first("SELECT \(value) AS value, (\(value))::text AS text") { row in
                (try row["value"] as T, try row["text"] as String)
            })
        #expect(back == value, sourceLocation: location)
        #expect(sent == text, sourceLocation: location)
    }

    @Test func booleans() throws {
        try check(true, is: "true")
        try check(false, is: "false")
    }

    @Test func `integers of every width to their ends`() throws {
        try check(Int.max, is: "9223372036854775807")
        try check(Int64.min, is: "-9223372036854775808")
        try check(Int32.min, is: "-2147483648")
        try check(Int16.max, is: "32767")
        try check(0, is: "0")
    }

    @Test func `floating point numbers`() throws {
        try check(0.1, is: "0.1")
        try check(-Double.infinity, is: "-Infinity")
        try check(Double.leastNonzeroMagnitude, is: "5e-324")
    }

    @Test(arguments: ["", "Bjørnøya ÆØÅ", "čáhppes", "👩‍👩‍👧", "'quoted' \"twice\" \\n", "\r\n\t"])
    func texts(_ text: String) throws {
        try check(text, is: text)
    }

    @Test func `a NUL in a text is left out`() throws {
        let text = try connection.first("SELECT \("a\0b\0") AS text") { try $0["text"] as String }
        #expect(text == "ab")
    }

    @Test func `bytes of every kind, and none`() throws {
        try check(
            Array(0...255) as [UInt8],
            is: "\\x"
                + (0...255).map {
                    String(format: "%02x", $0)
                }.joined())
        try check([] as [UInt8], is: "\\x")
    }

    @Test func `a million bytes`() throws {
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let back = try connection.first("SELECT \(bytes) AS bytes") {
            try $0["bytes"] as [UInt8]
        }
        #expect(back == bytes)
    }

    @Test func identifiers() throws {
        let id = UUID()
        try check(id, is: id.uuidString.lowercased())
    }

    @Test func days() throws {
        try check(PostgresDate(days: 0), is: "2000-01-01")
        try check(PostgresDate(days: 9_915), is: "2027-02-23")
        try check(PostgresDate(days: -1), is: "1999-12-31")
    }

    @Test func `JSON as the server writes it`() throws {
        try check(JSONText(#"{"a": [1, null, "å"]}"#), is: #"{"a": [1, null, "å"]}"#)
        let text = try connection.first(#"SELECT '{"b":2}'::json AS j, '{"b":2}'::jsonb AS jb"#) {
            [try $0["j"] as String, try $0["jb"] as String]
        }
        #expect(text == [#"{"b":2}"#, #"{"b": 2}"#])
    }

    @Test func `what is not JSON is refused by the server`() throws {
        #expect {
            try self.connection.execute("SELECT \(JSONText("{")) AS value")
        } throws: { ($0 as? PostgresError)?.sqlState == .invalidTextRepresentation }
    }

    @Test func `texts of every kind of PostgreSQL's`() throws {
        let texts = try connection.first(
            """
            SELECT 'a'::text AS a, 'b'::varchar(3) AS b, 'c'::char(2) AS c, 'd'::name AS d
            """
        ) { row in try ["a", "b", "c", "d"].map { try row[$0] as String } }
        #expect(texts == ["a", "b", "c ", "d"])
    }

    @Test func `a byte is one of the server's "char"`() throws {
        let kind = try connection.first(
            "SELECT relkind FROM pg_class WHERE relname = 'pg_class'"
        ) { try $0["relkind"] as UInt8 }
        #expect(kind == UInt8(ascii: "r"))
    }
}
