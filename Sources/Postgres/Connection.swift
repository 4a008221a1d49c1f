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

    /// Leaves a broken connection and makes a new one.
    ///
    /// An open transaction does not survive it: to call this within one is a bug.
    package func reconnect() throws(PostgresError) {
        precondition(transactionDepth == 0, "a transaction can't be taken to a new connection")
        close()
        try connect()
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
