package import Postgres

/// The invariants that no constraint can enforce, each as a query that finds violations.
///
/// History is read a stretch at a time, so that no statement grows with it.
package struct Invariants {
    package let connection: Connection
    /// How many rows of a table are read at once; nil for as many as take seconds.
    package let rowsAtOnce: Int?

    package init(_ connection: Connection, rowsAtOnce: Int? = nil) {
        self.connection = connection
        self.rowsAtOnce = rowsAtOnce
    }

    /// The result of checking one invariant.
    package struct Finding: Sendable {
        package var name: String
        /// The invariant as a sentence.
        package var what: String
        /// The violating rows, possibly cut; empty where the invariant holds.
        package var brokenBy: [String] = []
        /// Why not all was read; nil where it was.
        package var unfinished: String?
    }

    /// How many violating rows are listed; the rest are only counted.
    private static let namedMax = 20

    /// Checks all invariants; the first violating rows of each are listed.
    package func check(leaseGraceSeconds: Int) throws -> [Finding] {
        try [
            find("numbers", "numbers have no gaps", (.series, gaps), (.invoice, beyond)),
            find("totals", "lines, VAT and totals of each invoice agree", (.invoice, totals)),
            find("doubles", "no invoice goes out that was imported twice", (nil, doubles)),
            find("series", "no series begins below numbers that were imported", (nil, passed)),
            find(
                "documents", "each queued dispatch has its message and its files",
                (.dispatch, messages)),
            find("queue", "queued is in the queue, and nothing else is", (.dispatch, queue)),
            find(
                "outbox", "what waits to be fetched is in the outbox, letters with an address",
                (.dispatch, outbox)),
            find(
                "leases", "what is being sent or in doubt has a lease, and nothing else",
                (.dispatch, leases)),
            find(
                "ongoing", "the right to be ongoing is held by what is ongoing",
                (.dispatch, ongoing)),
            find(
                "stuck", "no lease is long past its end",
                (nil, { _ in stuck(leaseGraceSeconds) })),
            find("next-dates", "no due period was passed over", (.agreement, passedOver)),
            find(
                "overdue", "no agreement is long overdue with nothing said of it",
                (.agreement, overdue)),
            find(
                "to-dos", "each bad end has exactly one open to-do until dealt with",
                (.dispatch, todos)),
            find("loops", "no failure e-mail caused a failure e-mail", (.dispatch, loops)),
            find(
                "tenants", "no event stands with another tenant's dispatch", (.event, foreignEvents)
            ),
        ]
    }

    /// A query for the violating rows of a stretch of a table, or of all where none is named.
    typealias Part = (table: RangedTable?, query: (KeyRange) -> Query)

    private func find(_ name: String, _ what: String, _ parts: Part...) throws -> Finding {
        var finding = Finding(name: name, what: what)
        var total = 0
        do {
            for part in parts { try find(part, &finding, &total) }
        } catch let error as PostgresError where error.sqlState == .queryCanceled {
            finding.unfinished = "not all was read, since a statement took too long"
        }
        let rest = total - finding.brokenBy.count
        if rest > 0 { finding.brokenBy.append("and \(rest) more") }
        return finding
    }

    private func find(_ part: Part, _ finding: inout Finding, _ total: inout Int) throws {
        var last: KeyRange?
        repeat {
            let range = try part.table?.range(connection, after: last, rows: rowsAtOnce)
            var count = 0
            let named = try connection.rows(
                """
                SELECT b.broken_by, count(*) OVER () AS total
                FROM (\(part.query(range ?? .all))) AS b LIMIT \(Self.namedMax)
                """
            ) { row in
                count = try row["total"]
                return try row["broken_by"] as String
            }
            total += count
            finding.brokenBy += named.prefix(Self.namedMax - finding.brokenBy.count)
            last = range
        } while last?.high != nil
    }
}
