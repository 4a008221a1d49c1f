import CLibPQ
import Glibc

extension Connection {
    /// Runs the body in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// One inside another is a bug: use `savepoint`. A body that returns although a statement of
    /// its own failed has not been committed, and that is an error too.
    ///
    /// - Throws: what the body throws; `commitInDoubt` where the connection broke between COMMIT
    ///   and its answer, so that only reading can tell whether it was committed.
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

    /// Runs the body in a transaction, which a dry run rolls back.
    package func committing<T>(unlessDry isDryRun: Bool, _ body: () throws -> T) throws -> T {
        try isDryRun ? rehearsing(body) : transaction(body)
    }

    /// Runs the body in a savepoint of the transaction: undone alone when it throws.
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
            // Fails only with the connection, and then the transaction is undone with it.
            try? run(script: "ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)")
            throw error
        }
    }

    /// Runs the body, which is a whole transaction, again when the server says that it may: after
    /// a serialization failure, a deadlock, or a lock that was not to be had.
    ///
    /// Waits a little before each further try, longer each time and by chance, so that two that
    /// met do not meet again. Within a transaction nothing is tried again: it has failed whole;
    /// nor is anything once the program was asked to stop.
    @discardableResult
    package func retrying<T>(attempts: Int = 5, _ body: () throws -> T) throws -> T {
        precondition(attempts > 0, "at least one attempt")
        for attempt in 1..<attempts {
            do {
                return try body()
            } catch let error as PostgresError
                where error.isRetryable && !isInTransaction
                && limits.secondsSinceStop() == nil
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

    /// Throws where COMMIT would commit nothing: it is not sent then, so nothing is in doubt.
    private func refuseLostTransaction() throws(PostgresError) {
        // Takes note of a connection that has been closed since the last statement: the first
        // call reads the server's last words, the second finds the end of the line after them.
        PQconsumeInput(handle)
        PQconsumeInput(handle)
        switch PQtransactionStatus(handle) {
        case PQTRANS_INTRANS: return
        case PQTRANS_INERROR:
            // COMMIT of a failed transaction rolls it back, and the server calls that a success.
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
