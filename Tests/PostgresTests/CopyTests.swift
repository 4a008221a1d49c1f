import Foundation
import Postgres
import TestSupport
import Testing

@Suite final class CopyTests {
    private struct Stop: Error {}

    private let connection: Connection
    private let statement = "COPY entry (n, id, name, payload, at) FROM STDIN (FORMAT binary)"

    init() throws {
        connection = try TestDatabase.empty().connect()
        try connection.run(
            script: """
                CREATE TABLE entry (
                    n bigint PRIMARY KEY, id uuid, name text, payload bytea, at timestamptz);
                """)
    }

    private func count() throws -> Int? {
        try connection.first("SELECT count(*) AS n FROM entry") { try $0["n"] }
    }

    @Test func `ten thousand rows come out as they went in`() throws {
        let ids = (0..<10_000).map { _ in UUID() }
        let written = try connection.copyIn(statement) { writer in
            for (number, id) in ids.enumerated() {
                try writer.row { row in
                    row.append(number)
                    row.append(id)
                    row.append(number % 3 == 0 ? nil : "navn \(number)")
                    row.append([UInt8](repeating: UInt8(number % 256), count: number % 50))
                    row.append(Date(timeIntervalSince1970: Double(number)))
                }
            }
        }
        #expect(written == 10_000)
        var number = 0
        try connection.rows("SELECT * FROM entry ORDER BY n") { row in
            let isRight =
                try row["n"] as Int == number && row["id"] as UUID == ids[number]
                && row["name"] as String? == (number % 3 == 0 ? nil : "navn \(number)")
                && row["payload"] as [UInt8]
                    == [UInt8](repeating: UInt8(number % 256), count: number % 50)
                && row["at"] as Date == Date(timeIntervalSince1970: Double(number))
            #expect(isRight, "row \(number)")
            number += 1
        }
        #expect(number == 10_000)
    }

    @Test func `an error of the body writes nothing and is thrown on`() throws {
        #expect(throws: Stop.self) {
            try self.connection.copyIn(self.statement) { writer in
                for number in 0..<5_000 {
                    try writer.row { row in
                        guard number < 4_000 else { throw Stop() }
                        self.fill(&row, number)
                    }
                }
            }
        }
        #expect(try count() == 0)
    }

    @Test func `a row that the table refuses undoes all`() throws {
        #expect {
            try self.connection.copyIn(self.statement) { writer in
                for number in [1, 2, 1] { try writer.row { self.fill(&$0, number) } }
            }
        } throws: {
            ($0 as? PostgresError)?.sqlState == .uniqueViolation
                && ($0 as? PostgresError)?.copyRow == 3 && "\($0)".contains("row 3 of the COPY")
        }
        #expect(try count() == 0)
    }

    @Test func `a row with too few values is refused`() throws {
        #expect(throws: PostgresError.self) {
            try self.connection.copyIn(self.statement) { writer in
                try writer.row { $0.append(1) }
            }
        }
        #expect(try count() == 0)
    }

    @Test func `it is part of the transaction that is open`() throws {
        try connection.rehearsing {
            let written = try self.connection.copyIn(self.statement) { writer in
                try writer.row { self.fill(&$0, 1) }
            }
            #expect(written == 1)
        }
        #expect(try count() == 0)
    }

    @Test func `no rows are no rows`() throws {
        #expect(try connection.copyIn(statement) { _ in } == 0)
    }

    @Test(arguments: [
        "COPY entry FROM STDIN", "COPY entry TO STDOUT (FORMAT binary)", "SELECT 1",
    ])
    func `another statement is refused and leaves the connection usable`(
        _ statement: String
    ) throws {
        #expect {
            try self.connection.copyIn(statement) { _ in }
        } throws: { ($0 as? PostgresError)?.kind == .usage }
        #expect(try count() == 0)
    }

    private func fill(_ row: inout CopyRow, _ number: Int) {
        row.append(number)
        row.append(nil as UUID?)
        row.append(nil as String?)
        row.append(nil as [UInt8]?)
        row.append(nil as Date?)
    }
}
