import CLibPQ

/// A connection to PostgreSQL, used by one thread at a time; statements are prepared and cached by
/// their text.
///
/// libpq's environment, service file and password file apply. Text is sent in UTF-8, times in UTC;
/// names without a schema are looked up in `budstikke` first. Unless the conninfo says otherwise, a
/// server that vanished is detected by TCP keepalives within two minutes, and one that accepts a
/// connection without answering within 30 seconds. Once the program is asked to stop, no wait
/// exceeds what `WaitLimits` allows: the statement is cancelled, and throws.
package final class Connection {
    /// Nil once closed: libpq then answers every call with an error.
    var handle: OpaquePointer?
    let conninfo: String
    let applicationName: String
    let limits: WaitLimits
    /// The wait for the most recent statement.
    var wait: Wait
    var statements = StatementCache()
    /// How many transactions and savepoints are open, nested in one another.
    var transactionDepth = 0

    /// Connects; with the empty string everything comes from libpq's environment.
    package init(
        _ conninfo: String = "", applicationName: String, limits: WaitLimits = WaitLimits()
    ) throws(PostgresError) {
        self.conninfo = conninfo
        self.applicationName = applicationName
        self.limits = limits
        wait = Wait(limits)
        try connect()
    }

    deinit {
        PQfinish(handle)
    }

    /// Closes the connection early; every later call throws.
    package func close() {
        PQfinish(handle)
        handle = nil
        statements = StatementCache()
    }

    /// Whether a transaction is open: one of `transaction`, or one that a script began.
    package var isInTransaction: Bool {
        transactionDepth > 0
            || [PQTRANS_INTRANS, PQTRANS_INERROR].contains(PQtransactionStatus(handle))
    }

    /// Runs several statements at once by the simple query protocol: migrations, BEGIN and the
    /// like.
    ///
    /// Outside a transaction they form one of their own. The rows they return are discarded.
    package func run(script: String) throws(PostgresError) {
        try refuseNUL(in: script)
        let result = try answer(sql: script) { PQsendQuery(handle, script) }
        try refuseCopy(result, sql: script)
    }

    func refuseNUL(in sql: String) throws(PostgresError) {
        guard sql.utf8.contains(0) else { return }
        throw PostgresError(.usage, "a statement may not hold a NUL", sql: sql)
    }
}

extension Connection {
    /// Sends a statement, reads all of the server's answers, and throws the first failure.
    ///
    /// PQexec and its like keep only the last answer: when the server closes the connection, that
    /// is libpq's own message rather than the server's reason, which comes before it.
    /// - Returns: the last answer; that of a COPY as soon as it has begun.
    @discardableResult
    func answer(
        sql: String, _ send: () -> CInt
    ) throws(PostgresError) -> QueryResult {
        wait = Wait(limits)
        guard send() == 1 else { throw failureWithoutResult(sql: sql) }
        return try answer(sql: sql)
    }

    /// Reads the answers to what was sent, as long as the limits of the wait allow.
    func answer(sql: String) throws(PostgresError) -> QueryResult {
        var last: QueryResult?
        var failure: PostgresError?
        defer { settleCancelling() }
        while let next = try nextResult(sql: sql) {
            do throws(PostgresError) {
                let result = try check(next, sql: sql)
                last = result
                // libpq would repeat this for ever; the rest comes when the COPY has ended.
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

extension Connection {
    /// Runs a statement, which is prepared when its text is first seen.
    ///
    /// A statement made stale by a schema change is prepared and run again; inside a transaction,
    /// which its failure has aborted, the error is one that `retrying` retries. Outside a
    /// transaction, a broken connection leaves it open whether the statement was executed.
    @discardableResult
    package func execute(_ query: Query) throws(PostgresError) -> QueryResult {
        let key = StatementCache.Key(query)
        let parameters = try Parameters(query)
        do throws(PostgresError) {
            return try execute(key, parameters)
        } catch {
            guard error.isStalePlan else { throw error }
            statements.remove(key)
            guard !isInTransaction else { throw error }
            return try execute(key, parameters)
        }
    }

    /// The rows of a query, each decoded.
    @discardableResult
    package func rows<T>(_ query: Query, _ decode: (Row) throws -> T) throws -> [T] {
        try execute(query).map(decode)
    }

    /// The first row of a query, decoded; nil where there is none.
    package func first<T>(_ query: Query, _ decode: (Row) throws -> T) throws -> T? {
        try execute(query).first.map(decode)
    }

    private func execute(
        _ key: StatementCache.Key, _ parameters: Parameters
    ) throws(PostgresError) -> QueryResult {
        let name = try prepare(key)
        let result = try answer(sql: key.sql) {
            parameters.withPointers { values, lengths, formats in
                PQsendQueryPrepared(handle, name, parameters.count, values, lengths, formats, 1)
            }
        }
        try refuseCopy(result, sql: key.sql)
        return result
    }

    private func prepare(_ key: StatementCache.Key) throws(PostgresError) -> String {
        if let name = statements.name(of: key) { return name }
        try refuseNUL(in: key.sql)
        let name = statements.freshName()
        let types = key.types.map(\.rawValue)
        try answer(sql: key.sql) {
            PQsendPrepare(handle, name, key.sql, Int32(types.count), types)
        }
        statements.insert(key, name: name)
        deallocateDiscarded()
        return name
    }

    /// Called when the transaction, if any, is known not to have failed: in a failed one the server
    /// would refuse, and keep the statements for ever.
    func deallocateDiscarded() {
        let names = statements.removeDiscarded()
        guard !names.isEmpty else { return }
        // Only the connection can fail here, and the next statement will report that.
        try? run(script: names.map { "DEALLOCATE \($0)" }.joined(separator: ";"))
    }

    /// A COPY started by any other way than `copyIn` would leave the connection in the middle of
    /// it.
    func refuseCopy(_ result: QueryResult, sql: String) throws(PostgresError) {
        guard result.isCopy else { return }
        // PQexec first ends what is still in progress.
        PQclear(PQexec(handle, ""))
        throw PostgresError(.usage, "COPY is for copyIn alone, and from STDIN", sql: sql)
    }
}
