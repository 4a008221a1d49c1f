import CLibPQ

/// A connection to PostgreSQL: one thread of control, statements prepared by their text.
///
/// libpq's environment, service file and password file hold. Text travels in UTF-8, times in UTC;
/// names without a schema are looked for in `budstikke` first. A server that has gone without a
/// word is found out by TCP keepalives within two minutes, unless the conninfo says otherwise.
package final class Connection {
    /// Nil once closed: libpq then answers every call with an error of its own.
    private(set) var handle: OpaquePointer?
    private let conninfo: String
    private let applicationName: String
    var statements = StatementCache()
    /// How many transactions and savepoints of ours are open, one within the other.
    var transactionDepth = 0

    /// Compiling a plan costs more than it gains in statements as short as ours.
    private static let sessionSettings =
        "SET timezone = 'UTC'; SET search_path = budstikke, public; SET jit = off"

    /// Connects; the empty string leaves all to libpq's environment.
    package init(_ conninfo: String = "", applicationName: String) throws(PostgresError) {
        self.conninfo = conninfo
        self.applicationName = applicationName
        try connect()
    }

    deinit {
        PQfinish(handle)
    }

    private func connect() throws(PostgresError) {
        try Self.check(conninfo, applicationName)
        // A later word goes before an earlier one: the conninfo may set the keepalives otherwise,
        // and nothing may set the encoding.
        let settings = [
            ("keepalives_idle", "60"), ("keepalives_interval", "10"), ("keepalives_count", "6"),
            ("dbname", conninfo), ("fallback_application_name", applicationName),
            ("client_encoding", "UTF8"),
        ]
        handle = withCStrings(settings.map(\.0)) { keywords in
            withCStrings(settings.map(\.1)) { values in
                // 1 lets the database's name be a whole conninfo or URI.
                PQconnectdbParams(keywords, values, 1)
            }
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = libraryMessage
            close()
            throw PostgresError(.connection, "can't connect: \(message)")
        }
        budstikke_silence_notices(handle)
        try run(script: Self.sessionSettings)
    }

    /// Refuses what libpq would cut short, and what its message would quote a password from.
    private static func check(
        _ conninfo: String, _ applicationName: String
    ) throws(PostgresError) {
        guard !conninfo.utf8.contains(0), !applicationName.utf8.contains(0) else {
            throw PostgresError(.usage, "a connection string may not hold a NUL")
        }
        guard conninfo.contains("=") || conninfo.contains("://") else { return }
        let options = PQconninfoParse(conninfo, nil)
        guard options != nil else {
            throw PostgresError(
                .usage,
                "the connection string can't be read; write host=… dbname=…, or postgresql://…"
                    + " (it is not shown here, since it may hold a password)")
        }
        PQconninfoFree(options)
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
