import Postgres

extension Connection {
    /// How many rows a query has, for what a limited list leaves out.
    func total(_ query: Query) throws -> Int {
        try first("SELECT count(*) AS total FROM (\(query)) AS listed") { try $0["total"] } ?? 0
    }
}
