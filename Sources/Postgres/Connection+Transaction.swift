import CLibPQ
import Glibc
import Wire

extension Connection {
    /// Runs the body in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// Nested calls are a bug: use `savepoint`. A body that returns although one of its statements
    /// failed has not been committed, which is an error too.
    ///
    /// - Throws: what the body throws; `commitInDoubt` where the connection broke between COMMIT
    ///   and its answer, so that only a look into the database shows whether it was committed.
    @discardableResult
    package func transaction<T>(_ body: () throws -> T) throws -> T {
        try begin()
        let value: T
        do {
            value = try body()
        } catch {
            rollBack()
            throw error
        }
        try commit()
        return value
    }

    /// Runs the body in a transaction that is always rolled back: a dry run.
    @discardableResult
    package func rehearsing<T>(_ body: () throws -> T) throws -> T {
        try begin()
        defer { rollBack() }
        return try body()
    }

    /// Runs the body in a transaction, which a dry run rolls back in the end.
    package func committing<T>(unlessDry isDryRun: Bool, _ body: () throws -> T) throws -> T {
        try isDryRun ? rehearsing(body) : transaction(body)
    }

    /// Runs the body in a savepoint of the transaction, which alone is rolled back when it throws.
    @discardableResult
    package func savepoint<T>(_ body: () throws -> T) throws -> T {
        precondition(isInTransaction, "a savepoint outside a transaction")
        let name = "budstikke_\(transactionDepth)"
        try run(script: "SAVEPOINT \(name)")
        transactionDepth += 1
        defer { transactionDepth -= 1 }
        do {
            let value = try body()
            try run(script: "RELEASE SAVEPOINT \(name)")
            return value
        } catch {
            // Fails only with the connection, and then the transaction is rolled back anyway.
            try? run(script: "ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)")
            throw error
        }
    }

    /// Runs the body, a whole transaction, again after an error for which the server suggests it: a
    /// serialization failure, a deadlock, or a lock that was not available.
    ///
    /// Waits a little before each retry, longer each time and by a random amount, so that two that
    /// collided do not collide again. Nothing is retried inside a transaction, which has failed as
    /// a whole, or after the program was asked to stop.
    @discardableResult
    package func retrying<T>(attempts: Int = 5, _ body: () throws -> T) throws -> T {
        precondition(attempts > 0, "at least one attempt")
        for attempt in 1..<attempts {
            do {
                return try body()
            } catch let error as PostgresError
                where error.isRetryable && !isInTransaction
                && limits.stop.secondsSinceRequest == nil
            {
                usleep(UInt32.random(in: 0...10_000) << min(attempt, 6))
            }
        }
        return try body()
    }
}

extension Connection {
    private func begin() throws(PostgresError) {
        precondition(!isInTransaction, "a transaction inside a transaction: use a savepoint")
        try run(script: "BEGIN")
        transactionDepth = 1
    }

    private func rollBack() {
        transactionDepth = 0
        // Fails only with the connection, and then the server rolls back by itself.
        try? run(script: "ROLLBACK")
    }

    private func commit() throws(PostgresError) {
        transactionDepth = 0
        try refuseLostTransaction()
        do throws(PostgresError) {
            try run(script: "COMMIT")
        } catch {
            guard error.isConnectionLost else { throw error }
            var doubt = PostgresError(
                .commitInDoubt,
                "the connection broke at COMMIT, which may have been done: \(error.message)",
                sqlState: error.sqlState)
            doubt.isStopped = error.isStopped
            throw doubt
        }
    }

    /// Throws where COMMIT would commit nothing; it is then not sent, so nothing is in doubt.
    private func refuseLostTransaction() throws(PostgresError) {
        // Notices a connection that was closed since the last statement: the first call reads the
        // server's last message, the second finds the end of the stream.
        PQconsumeInput(handle)
        PQconsumeInput(handle)
        switch PQtransactionStatus(handle) {
        case PQTRANS_INTRANS: return
        case PQTRANS_INERROR:
            // COMMIT of a failed transaction rolls it back, and the server reports that as a
            // success.
            try? run(script: "ROLLBACK")
            throw PostgresError(
                .server, "the transaction was rolled back: a statement in it had failed",
                sqlState: .inFailedTransaction)
        case PQTRANS_IDLE:
            throw PostgresError(.usage, "the transaction was ended from within")
        default:
            throw PostgresError(
                .connection, "the connection broke before COMMIT: nothing was committed")
        }
    }
}
