import CLibPQ

/// A connection to PostgreSQL: one thread of control, statements prepared by their text.
///
/// libpq's environment, service file and password file hold. Text travels in UTF-8, times in UTC;
/// names without a schema are looked for in `budstikke` first. A server that has gone without a
/// word is found out by TCP keepalives within two minutes, and one that takes a connection without
/// answering within 30 seconds, unless the conninfo says otherwise. Once the program is asked to
/// stop, no wait outlasts what `WaitLimits` leaves it: the statement is cancelled, and throws.
package final class Connection {
    /// Nil once closed: libpq then answers every call with an error of its own.
    var handle: OpaquePointer?
    let conninfo: String
    let applicationName: String
    let limits: WaitLimits
    /// That for the statement that was sent last.
    var wait: Wait
    var statements = StatementCache()
    /// How many transactions and savepoints of ours are open, one within the other.
    var transactionDepth = 0

    /// Connects; the empty string leaves all to libpq's environment.
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

    /// Ends the connection before its time; every later call throws.
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

    /// Runs many statements at once by the simple protocol: migrations, and BEGIN and the like.
    ///
    /// Outside a transaction they are one of their own. What they read is not returned.
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

extension Connection {
    /// Runs a statement, prepared the first time that its text is seen.
    ///
    /// A statement that a change of the schema has made stale is prepared again and run again; in
    /// a transaction, which its failure has ended, the error is one that `retrying` goes again on.
    /// Outside a transaction, a connection that breaks leaves open whether the statement was done.
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

    /// Called when the transaction, if there is one, is known not to have failed: in a failed one
    /// the server would refuse, and keep the statements for ever.
    func deallocateDiscarded() {
        let names = statements.takeDiscarded()
        guard !names.isEmpty else { return }
        // What can fail here is the connection, and the next statement will say so.
        try? run(script: names.map { "DEALLOCATE \($0)" }.joined(separator: ";"))
    }

    /// A COPY that came by another way than `copyIn` would leave the connection in the midst of it.
    func refuseCopy(_ result: QueryResult, sql: String) throws(PostgresError) {
        guard result.isCopy else { return }
        // PQexec begins by ending what is still under way.
        PQclear(PQexec(handle, ""))
        throw PostgresError(.usage, "COPY is for copyIn alone, and from STDIN", sql: sql)
    }
}
