import Foundation
import Postgres
import TestSupport
import Testing

@Suite final class ArrayTests {
    private let connection: Connection

    init() throws {
        connection = try TestDatabase.empty().connect()
    }

    private func check<T: PostgresEncodable & PostgresDecodable & Equatable>(
        _ values: [T], location: SourceLocation = #_sourceLocation
    ) throws {
        let (back, elements) = try #require(
            try connection.first(
                "SELECT \(values) AS all, ARRAY(SELECT * FROM unnest(\(values))) AS each"
            ) { (try $0["all"] as [T], try $0["each"] as [T]) })
        #expect(back == values, sourceLocation: location)
        #expect(elements == values, sourceLocation: location)
    }

    private func check<T: PostgresEncodable & PostgresDecodable & Equatable>(
        optional values: [T?], location: SourceLocation = #_sourceLocation
    ) throws {
        let back = try connection.first("SELECT \(values) AS all") { try $0["all"] as [T?] }
        #expect(back == values, sourceLocation: location)
    }

    @Test func `arrays of every type come back in their order`() throws {
        try check([1, -2, Int64.max])
        try check([1, -2] as [Int32])
        try check([1, -2] as [Int16])
        try check([true, false])
        try check([0.5, -1.5])
        try check(["", "å", "{a,\"b\"}", "NULL"])
        try check([UUID(), UUID()])
        try check([Date(timeIntervalSince1970: 1_790_000_000.123456)])
        try check([[1, 2], [], [255]] as [[UInt8]])
        try check([PostgresDate(days: 5), PostgresDate(days: -5)])
        try check([PostgresNumeric(millionths: 1), PostgresNumeric(millionths: -2_500_000)])
    }

    @Test func `an empty array is empty and keeps its type`() throws {
        try check([] as [Int64])
        try check([] as [[UInt8]])
        try check(optional: [] as [String?])
    }

    @Test func `nil is NULL within an array`() throws {
        try check(optional: ["a", nil, "c"])
        try check(optional: [nil, nil] as [Int64?])
        try check(optional: [[1], nil] as [[UInt8]?])
        try check(optional: [UUID(), nil])
    }

    @Test func `NULL in an array that has no place for it is an error that names the column`()
        throws
    {
        #expect {
            try self.connection.first("SELECT ARRAY[1, NULL] AS numbers") {
                try $0["numbers"] as [Int]
            }
        } throws: {
            ($0 as? PostgresError)?.kind == .decoding && ($0 as? PostgresError)?.column == "numbers"
        }
    }

    @Test func `columns of values become rows`() throws {
        let rows = try connection.rows(
            """
            SELECT * FROM unnest(\([1, 2]), \(["a", nil]), \([true, false]))
                AS v (number, name, flag)
            """
        ) { row in
            "\(try row["number"] as Int) \(try row["name"] as String? ?? "-") "
                + "\(try row["flag"] as Bool)"
        }
        #expect(rows == ["1 a true", "2 - false"])
    }

    @Test func `an array of two dimensions is not read`() throws {
        #expect(throws: PostgresError.self) {
            try self.connection.first("SELECT ARRAY[[1, 2], [3, 4]] AS table") {
                try $0["table"] as [Int]
            }
        }
    }

    @Test(arguments: [
        [], [0, 0, 0, 1], [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 20],
        [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 20, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1],
        [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 8, 1, 2],
    ])
    func `bytes that are no array are not read`(_ bytes: [UInt8]) {
        let values = bytes.withUnsafeBytes { [Int64](postgres: $0, oid: Int64.arrayOID) }
        #expect(values == nil)
    }
}
