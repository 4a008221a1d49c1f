import CLibPQ

/// A connection to PostgreSQL: one thread of control, statements prepared by their text.
///
/// libpq's environment, service file and password file hold. Dates travel in UTC, text in UTF-8.
package final class Connection {
    private var handle: OpaquePointer
    private let conninfo: String
    private let applicationName: String
    /// Prepared statements by SQL text, with the time of their last use.
    private var statements: [String: (name: String, usedAt: Int)] = [:]
    private var statementCount = 0
    var transactionDepth = 0

    /// A bound on what the server keeps for us: more than the programs have queries.
    private static let statementsMax = 256

    private static let sessionSettings =
        "SET timezone = 'UTC'; SET search_path = budstikke, public; SET jit = off"

    /// Connects; the empty string leaves all to libpq's environment.
    package init(_ conninfo: String = "", applicationName: String) throws(PostgresError) {
        self.conninfo = conninfo
        self.applicationName = applicationName
        handle = try Self.connect(conninfo, applicationName: applicationName)
    }

    deinit {
        PQfinish(handle)
    }

    private static func connect(
        _ conninfo: String, applicationName: String
    ) throws(PostgresError) -> OpaquePointer {
        let keywords = ["dbname", "fallback_application_name", "client_encoding"]
        let handle = withCStrings(keywords) { keywords in
            withCStrings([conninfo, applicationName, "UTF8"]) { values in
                // Expansion lets the first value be a whole conninfo string or URI.
                PQconnectdbParams(keywords, values, 1)
            }
        }
        guard let handle else { throw PostgresError(.connection, "out of memory") }
        guard PQstatus(handle) == CONNECTION_OK else {
            let message = oneLine(String(cString: PQerrorMessage(handle)))
            PQfinish(handle)
            throw PostgresError(.connection, "can't connect: \(message)")
        }
        budstikke_silence_notices(handle)
        PQclear(PQexec(handle, sessionSettings))
        return handle
    }

    /// Leaves a broken connection and makes a new one; a transaction does not survive it.
    package func reconnect() throws(PostgresError) {
        let fresh = try Self.connect(conninfo, applicationName: applicationName)
        PQfinish(handle)
        handle = fresh
        statements = [:]
        transactionDepth = 0
    }

    package var isInTransaction: Bool {
        transactionDepth > 0
    }

    /// Runs a statement, prepared the first time that its text is seen.
    @discardableResult
    package func execute(_ query: Query) throws(PostgresError) -> QueryResult {
        let name = try prepare(query)
        do throws(PostgresError) {
            return try check(run(name, query), sql: query.sql)
        } catch {
            // A changed schema invalidates what was prepared; outside a transaction we go again.
            guard !isInTransaction,
                error.sqlState == .featureNotSupported || error.sqlState == .invalidStatementName
            else { throw error }
            forget(query.sql)
            return try check(run(try prepare(query), query), sql: query.sql)
        }
    }

    private func run(_ name: String, _ query: Query) -> OpaquePointer? {
        withParameters(query.parameters) { values, lengths, formats in
            PQexecPrepared(
                handle, name, Int32(query.parameters.count), values, lengths, formats, 1)
        }
    }

    private func prepare(_ query: Query) throws(PostgresError) -> String {
        statementCount += 1
        if let known = statements[query.sql] {
            statements[query.sql] = (known.name, statementCount)
            return known.name
        }
        if statements.count >= Self.statementsMax,
            let oldest = statements.min(by: { $0.value.usedAt < $1.value.usedAt })
        {
            forget(oldest.key)
        }
        let name = "s\(statementCount)"
        let types = query.parameters.map(\.oid.rawValue)
        let result = PQprepare(handle, name, query.sql, Int32(types.count), types)
        _ = try check(result, sql: query.sql)
        statements[query.sql] = (name, statementCount)
        return name
    }

    private func forget(_ sql: String) {
        guard let known = statements.removeValue(forKey: sql) else { return }
        PQclear(PQexec(handle, "DEALLOCATE \(known.name)"))
    }

    /// Runs many statements at once by the simple protocol: migrations, and BEGIN and the like.
    package func run(script: String) throws(PostgresError) {
        _ = try check(PQexec(handle, script), sql: script)
    }

    /// The rows of a query, each decoded.
    @discardableResult
    package func rows<T>(_ query: Query, _ decode: (Row) throws -> T) throws -> [T] {
        let result = try execute(query)
        var rows: [T] = []
        rows.reserveCapacity(result.count)
        for index in 0..<result.count { rows.append(try decode(result[index])) }
        return rows
    }

    /// The first row of a query, decoded; nil where there is none.
    package func first<T>(_ query: Query, _ decode: (Row) throws -> T) throws -> T? {
        let result = try execute(query)
        return result.count == 0 ? nil : try decode(result[0])
    }

    /// Gives the handle to an extension of this type.
    func withHandle<T>(_ body: (OpaquePointer) throws(PostgresError) -> T) throws(PostgresError)
        -> T
    {
        try body(handle)
    }

    /// Takes a PGresult, or throws what it says.
    func check(_ result: OpaquePointer?, sql: String) throws(PostgresError) -> QueryResult {
        guard let result else {
            throw PostgresError(
                .connection, Self.oneLine(String(cString: PQerrorMessage(handle))))
        }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_EMPTY_QUERY,
            PGRES_PIPELINE_SYNC:
            return QueryResult(result)
        default:
            defer { PQclear(result) }
            throw failure(result, sql: sql)
        }
    }

    private func failure(_ result: OpaquePointer, sql: String) -> PostgresError {
        func field(_ code: Int32) -> String? {
            PQresultErrorField(result, code).map { String(cString: $0) }
        }
        let isBroken = PQstatus(handle) != CONNECTION_OK
        return PostgresError(
            isBroken ? .connection : .server,
            Self.oneLine(
                field(budstikke_diag_message) ?? String(cString: PQerrorMessage(handle))),
            sqlState: field(budstikke_diag_sqlstate).map(SQLState.init),
            detail: field(budstikke_diag_detail), hint: field(budstikke_diag_hint),
            table: field(budstikke_diag_table), column: field(budstikke_diag_column),
            constraint: field(budstikke_diag_constraint), sql: sql)
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
