import CLibPQ

extension Connection {
    /// Runs the body in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// A connection that breaks at COMMIT throws `commitInDoubt`: whether it was committed must be
    /// found out by reading.
    package func transaction<T>(_ body: () throws -> T) throws -> T {
        precondition(!isInTransaction, "a transaction inside a transaction: use a savepoint")
        try run(script: "BEGIN")
        transactionDepth = 1
        let value: T
        do {
            value = try body()
        } catch {
            rollBack()
            throw error
        }
        transactionDepth = 0
        try commit()
        return value
    }

    private func commit() throws(PostgresError) {
        do throws(PostgresError) {
            try run(script: "COMMIT")
        } catch {
            guard error.isConnectionLost else { throw error }
            throw PostgresError(
                .commitInDoubt, "the connection broke at COMMIT: \(error.message)",
                sqlState: error.sqlState)
        }
    }

    private func rollBack() {
        transactionDepth = 0
        // A broken connection has rolled back by itself.
        try? run(script: "ROLLBACK")
    }

    /// Runs the body in a transaction that is always rolled back: a dry run.
    package func rehearsing<T>(_ body: () throws -> T) throws -> T {
        precondition(!isInTransaction, "a rehearsal inside a transaction")
        try run(script: "BEGIN")
        transactionDepth = 1
        defer { rollBack() }
        return try body()
    }

    /// Runs the body in a transaction, which a dry run rolls back.
    package func committing<T>(unlessDry isDryRun: Bool, _ body: () throws -> T) throws -> T {
        try isDryRun ? rehearsing(body) : transaction(body)
    }

    /// Runs the body in a savepoint of the transaction: undone alone when it throws.
    package func savepoint<T>(_ body: () throws -> T) throws -> T {
        precondition(isInTransaction, "a savepoint outside a transaction")
        let name = "sp\(transactionDepth)"
        try run(script: "SAVEPOINT \(name)")
        transactionDepth += 1
        do {
            let value = try body()
            transactionDepth -= 1
            try run(script: "RELEASE SAVEPOINT \(name)")
            return value
        } catch {
            if isInTransaction {
                transactionDepth = max(1, transactionDepth - 1)
                try? run(script: "ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)")
            }
            throw error
        }
    }

    /// Runs the body again when the server says that the whole transaction may be tried again.
    package func retrying<T>(attempts: Int = 5, _ body: () throws -> T) throws -> T {
        for _ in 1..<attempts {
            do {
                return try body()
            } catch let error as PostgresError where error.sqlState?.isRetryable == true {
                continue
            }
        }
        return try body()
    }
}
