import CLibPQ

extension Connection {
    /// Runs many statements without waiting for the answer of each (libpq's pipeline mode).
    ///
    /// All are one transaction, the open one or else one of their own. Outside a transaction, a
    /// connection that breaks leaves open whether they were done.
    /// - Returns: what each gave, in their order.
    /// - Throws: the first failure, with the statement that failed; none has then been done.
    package func pipeline(_ queries: [Query]) throws(PostgresError) -> [QueryResult] {
        guard !queries.isEmpty else { return [] }
        // What we refuse ourselves has to be found before anything is sent, which would be done.
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
        // Refused only where an answer is still to come, which a broken connection never gives.
        PQexitPipelineMode(handle)
        if let failure = pipeline.failure { throw failure }
        deallocateDiscarded()
        return pipeline.results
    }
}

/// One pass of pipeline mode: what has been sent and not yet answered, and what came of it.
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
    /// Statements that this pass has prepared, whose answers may still be to come.
    private var prepared: [StatementCache.Key: String] = [:]
    private(set) var results: [QueryResult] = []
    private(set) var failure: PostgresError?

    /// After so many, or so many bytes, the answers are read: neither side has to hold more.
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

    /// Ends the transaction of the pipeline, if it is one of its own, and reads what is left.
    mutating func finish() {
        PQpipelineSync(connection.handle)
        readAnswers()
        // A constraint that is checked at the end fails here, after all answers were good; then
        // the end of the pipeline still follows. A null pointer stands before it, or is all that
        // a broken connection gives.
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

    /// The next answer; nil at the end of one, or where there will be no more.
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

    /// Keeps the first failure: what follows it is only passed over.
    private mutating func fail(_ error: PostgresError) {
        if failure == nil { failure = error }
    }
}
