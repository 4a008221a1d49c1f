import Foundation
import Postgres
import TestSupport
import Testing

@Suite final class InstantTests {
    private let connection: Connection

    init() throws {
        connection = try TestDatabase.empty().connect()
    }

    private func text(of date: Date) throws -> String? {
        try connection.first("SELECT (\(date))::text AS text") { try $0["text"] }
    }

    @Test(arguments: [
        (0, "1970-01-01 00:00:00+00"), (946_684_800, "2000-01-01 00:00:00+00"),
        (1_790_000_000.000001, "2026-09-21 14:13:20.000001+00"),
        (1_790_000_000.9999996, "2026-09-21 14:13:21+00"),
        (-0.0000014, "1969-12-31 23:59:59.999999+00"),
    ])
    func `an instant is the nearest microsecond of the server's`(
        _ seconds: Double, _ text: String
    ) throws {
        #expect(try self.text(of: Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test func `every microsecond of the server's comes back as itself`() throws {
        let texts = try connection.rows(
            """
            SELECT (timestamptz '2026-03-29 00:59:59.9+00'
                + i * interval '137 days 1.000137 seconds')::text AS text
            FROM generate_series(0, 250) AS i
            """
        ) { try $0["text"] as String }
        let dates = try connection.rows(
            "SELECT t::timestamptz AS instant FROM unnest(\(texts)) AS t"
        ) { try $0["instant"] as Date }
        let back = try connection.rows("SELECT t::text AS text FROM unnest(\(dates)) AS t") {
            try $0["text"] as String
        }
        #expect(back == texts)
    }

    @Test(arguments: [
        (Double.infinity, "infinity"), (-1e300, "-infinity"), (1e15, "infinity"),
    ])
    func `an instant beyond PostgreSQL's is infinity`(_ seconds: Double, _ text: String) throws {
        #expect(try self.text(of: Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test func `infinity is not read as an instant`() throws {
        #expect {
            try self.connection.first("SELECT 'infinity'::timestamptz AS instant") {
                try $0["instant"] as Date
            }
        } throws: { ($0 as? PostgresError)?.column == "instant" }
    }

    @Test func `a timestamp without a zone is no instant`() throws {
        #expect(throws: PostgresError.self) {
            try self.connection.first("SELECT now()::timestamp AS instant") {
                try $0["instant"] as Date
            }
        }
    }
}
