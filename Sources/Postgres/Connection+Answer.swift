import CLibPQ

extension Connection {
    /// Sends a statement, reads all that the server answers, and throws the first failure.
    ///
    /// PQexec and its like keep the last answer: of a connection that the server ends, libpq's
    /// own surprise at it rather than the server's reason, which comes before.
    /// - Returns: the last answer; that of a COPY as soon as it has begun.
    @discardableResult
    func answer(
        sql: String, _ send: () -> CInt
    ) throws(PostgresError) -> QueryResult {
        wait = Wait(limits)
        guard send() == 1 else { throw failureWithoutResult(sql: sql) }
        return try answer(sql: sql)
    }

    /// Reads the answers to what has been sent, for as long as the wait for it may still last.
    func answer(sql: String) throws(PostgresError) -> QueryResult {
        var last: QueryResult?
        var failure: PostgresError?
        defer { settleCancelling() }
        while let next = try nextResult(sql: sql) {
            do throws(PostgresError) {
                let result = try check(next, sql: sql)
                last = result
                // libpq would say so for ever; the rest comes when the COPY has ended.
                if result.isCopy { break }
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        guard let last else { throw failureWithoutResult(sql: sql) }
        return last
    }
}
