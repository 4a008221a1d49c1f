import CLibPQ

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
