import CLibPQ

extension Connection {
    /// Runs many statements without waiting for each answer (libpq's pipeline mode).
    ///
    /// They are one transaction: the open one, or else one of their own. Outside a transaction, a
    /// broken connection leaves it open whether they were executed.
    /// - Returns: the results, in the order of the queries.
    /// - Throws: the first failure, with the statement that failed; none has then been executed.
    package func pipeline(_ queries: [Query]) throws(PostgresError) -> [QueryResult] {
        guard !queries.isEmpty else { return [] }
        // Errors of our own must be found before anything is sent, since that would be executed.
        for query in queries {
            try Parameters.check(query)
            try refuseNUL(in: query.sql)
        }
        do throws(PostgresError) {
            return try pipelineOnce(queries)
        } catch {
            guard error.isStalePlan else { throw error }
            for query in queries { statements.remove(StatementCache.Key(query)) }
            guard !isInTransaction else { throw error }
            return try pipelineOnce(queries)
        }
    }

    private func pipelineOnce(_ queries: [Query]) throws(PostgresError) -> [QueryResult] {
        guard PQenterPipelineMode(handle) == 1 else { throw failureWithoutResult(sql: "") }
        wait = Wait(limits)
        defer { settleCancelling() }
        var pipeline = Pipeline(self)
        for query in queries where pipeline.failure == nil { pipeline.send(query) }
        pipeline.finish()
        // Refused only where an answer is still outstanding, and a broken connection never sends
        // it.
        PQexitPipelineMode(handle)
        if let failure = pipeline.failure { throw failure }
        deallocateDiscarded()
        return pipeline.results
    }
}

/// One pass of pipeline mode: the statements sent but not yet answered, and the results so far.
private struct Pipeline {
    private enum Sent {
        case prepare(StatementCache.Key, name: String)
        case query(sql: String)

        var sql: String {
            switch self {
            case .prepare(let key, _): key.sql
            case .query(let sql): sql
            }
        }
    }

    private let connection: Connection
    private var sent: [Sent] = []
    private var bytesSent = 0
    /// Statements prepared in this pass, whose answers may still be outstanding.
    private var prepared: [StatementCache.Key: String] = [:]
    private(set) var results: [QueryResult] = []
    private(set) var failure: PostgresError?

    /// After this many statements, or this many bytes, the answers are read, so that neither side
    /// has to buffer more.
    private static let unansweredMax = 256
    private static let unansweredBytesMax = 1 << 20

    init(_ connection: Connection) {
        self.connection = connection
    }

    mutating func send(_ query: Query) {
        do throws(PostgresError) {
            let parameters = try Parameters(query)
            let key = StatementCache.Key(query)
            let name = try prepare(key)
            let isSent = parameters.withPointers { values, lengths, formats in
                PQsendQueryPrepared(
                    connection.handle, name, parameters.count, values, lengths, formats, 1)
            }
            guard isSent == 1 else { throw connection.failureWithoutResult(sql: key.sql) }
            sent.append(.query(sql: key.sql))
            bytesSent += parameters.byteCount
        } catch {
            fail(error)
        }
        guard sent.count >= Self.unansweredMax || bytesSent >= Self.unansweredBytesMax
        else { return }
        PQsendFlushRequest(connection.handle)
        readAnswers()
    }

    private mutating func prepare(_ key: StatementCache.Key) throws(PostgresError) -> String {
        if let name = prepared[key] ?? connection.statements.name(of: key) { return name }
        let name = connection.statements.freshName()
        let types = key.types.map(\.rawValue)
        guard PQsendPrepare(connection.handle, name, key.sql, Int32(types.count), types) == 1
        else { throw connection.failureWithoutResult(sql: key.sql) }
        sent.append(.prepare(key, name: name))
        prepared[key] = name
        return name
    }

    /// Ends the transaction of the pipeline, if it has one of its own, and reads the remaining
    /// answers.
    mutating func finish() {
        PQpipelineSync(connection.handle)
        readAnswers()
        // A deferred constraint fails here, after all answers were good; the end of the pipeline
        // then still follows. A null pointer comes before it, or is all that a broken connection
        // returns.
        let end = "the end of a pipeline"
        var nothingCount = 0
        while nothingCount < 2 {
            guard let result = nextResult(sql: end) else {
                nothingCount += 1
                continue
            }
            defer { PQclear(result) }
            guard PQresultStatus(result) != PGRES_PIPELINE_SYNC else { return }
            fail(connection.failure(result, sql: end))
        }
        fail(connection.failureWithoutResult(sql: end))
    }

    /// The next result; nil at the end of an answer, or where no more will come.
    private mutating func nextResult(sql: String) -> OpaquePointer? {
        do throws(PostgresError) {
            return try connection.nextResult(sql: sql)
        } catch {
            fail(error)
            return nil
        }
    }

    private mutating func readAnswers() {
        for each in sent { readAnswer(to: each) }
        sent = []
        bytesSent = 0
    }

    private mutating func readAnswer(to each: Sent) {
        guard let result = nextResult(sql: each.sql) else {
            fail(connection.failureWithoutResult(sql: each.sql))
            return
        }
        // libpq marks the end of each answer by a null pointer.
        defer { while let rest = nextResult(sql: each.sql) { PQclear(rest) } }
        do throws(PostgresError) {
            let result = try connection.check(result, sql: each.sql)
            switch each {
            case .prepare(let key, let name): connection.statements.insert(key, name: name)
            case .query: results.append(result)
            }
        } catch {
            fail(error)
        }
    }

    /// Keeps the first failure: the server skips whatever follows it.
    private mutating func fail(_ error: PostgresError) {
        if failure == nil { failure = error }
    }
}
