import Foundation
import Postgres
import TestSupport
import Testing

/// The wrapper of libpq against a real server.
struct ConnectionTests {
    private let connection: Connection
    private let database: TestDatabase

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
        try connection.run(script: "CREATE TABLE thing (id bigint PRIMARY KEY, name text)")
    }

    private func count() throws -> Int {
        try connection.first("SELECT count(*) AS count FROM thing") { try $0["count"] } ?? -1
    }

    private func insert(_ id: Int64, into connection: Connection? = nil) throws {
        try (connection ?? self.connection).execute(
            "INSERT INTO thing (id, name) VALUES (\(id), \("å")) ")
    }

    @Test func `every type comes back as it went`() throws {
        let (date, uuid) = (Date(timeIntervalSince1970: 1_795_000_000.123456), UUID())
        let values = try connection.first(
            """
            SELECT \(true) AS flag, \(Int64.min) AS number, \(0.1) AS double, \("æ\u{1F600}") AS text,
                \(uuid) AS uuid, \(date) AS date, \([UInt8]([0, 255, 7])) AS bytes,
                \([Int64(1), -2]) AS numbers, \(["a", nil] as [String?]) AS texts,
                \(nil as String?) AS nothing, \(JSONText("{\"a\": 1}")) AS json,
                \(PostgresNumeric(millionths: -1_234_567)) AS numeric
            """
        ) { row in
            #expect(try row["flag"] as Bool)
            #expect(try row["number"] as Int64 == .min)
            #expect(try row["double"] as Double == 0.1)
            #expect(try row["text"] as String == "æ\u{1F600}")
            #expect(try row["uuid"] as UUID == uuid)
            let read: Date = try row["date"]
            #expect(abs(read.timeIntervalSince(date)) < 0.000_001)
            #expect(try row["bytes"] as [UInt8] == [0, 255, 7])
            #expect(try row["numbers"] as [Int64] == [1, -2])
            #expect(try row["nothing"] as String? == nil)
            #expect(try row["json"] as String == "{\"a\": 1}")
            #expect(
                try row["numeric"] as PostgresNumeric == PostgresNumeric(millionths: -1_234_567))
            return true
        }
        #expect(values == true)
    }

    @Test(arguments: [0, 1, -1, 10_000, 999_999, 1_000_000, 12_345_678_901, -99_990_000, .max])
    func `a numeric is what PostgreSQL writes of it`(_ millionths: Int64) throws {
        let text = try connection.first(
            "SELECT (\(PostgresNumeric(millionths: millionths)) * 1000000)::bigint AS value"
        ) { try $0["value"] as Int64 }
        #expect(text == millionths)
        let read = try connection.first(
            "SELECT (\(millionths)::numeric * 0.000001)::numeric(30, 6) AS value"
        ) { try $0["value"] as PostgresNumeric }
        #expect(read?.millionths == millionths)
    }

    @Test func `a transaction that throws leaves nothing`() throws {
        #expect(throws: PostgresError.self) {
            try connection.transaction {
                try insert(1)
                try insert(1)
            }
        }
        #expect(try count() == 0)
        #expect(!connection.isInTransaction)
    }

    @Test func `a savepoint is undone alone`() throws {
        try connection.transaction {
            try insert(1)
            #expect(throws: PostgresError.self) {
                try connection.savepoint {
                    try insert(2)
                    try insert(1)
                }
            }
            try insert(3)
            try connection.savepoint { try connection.savepoint { try insert(4) } }
        }
        #expect(try count() == 3)
    }

    @Test func `a rehearsal changes nothing`() throws {
        try connection.rehearsing { try insert(1) }
        #expect(try count() == 0)
    }

    @Test func `an error names the constraint, and never a value`() throws {
        try insert(1)
        let error = #expect(throws: PostgresError.self) { try insert(1) }
        #expect(error?.sqlState == .uniqueViolation)
        #expect(error?.constraint == "thing_pkey")
        #expect(error.map { "\($0)".contains("å") } == false)
    }

    @Test func `NULL and a wrong type are errors that name the column`() throws {
        #expect(throws: PostgresError.self) {
            _ = try connection.first("SELECT NULL::text AS name") { try $0["name"] as String }
        }
        #expect(throws: PostgresError.self) {
            _ = try connection.first("SELECT 'x' AS name") { try $0["name"] as Int64 }
        }
        #expect(throws: PostgresError.self) {
            _ = try connection.first("SELECT 1 AS name") { try $0["nam"] as Int64 }
        }
    }

    @Test func `a killed connection is found out, and made anew`() throws {
        let pid = try connection.first("SELECT pg_backend_pid() AS pid") { try $0["pid"] as Int64 }
        let other = try database.connect()
        try other.execute("SELECT pg_terminate_backend(\(pid ?? 0)::int)")
        let error = #expect(throws: PostgresError.self) { _ = try count() }
        #expect(error?.isConnectionLost == true)
        try connection.reconnect()
        #expect(try count() == 0)
    }
}
