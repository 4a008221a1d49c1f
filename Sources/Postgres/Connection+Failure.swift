import CLibPQ

extension Connection {
    /// Wraps a PGresult, or throws the failure in it.
    func check(_ result: OpaquePointer?, sql: String) throws(PostgresError) -> QueryResult {
        guard let result else { throw failureWithoutResult(sql: sql) }
        switch PQresultStatus(result) {
        case PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR, PGRES_FATAL_ERROR, PGRES_PIPELINE_ABORTED:
            defer { PQclear(result) }
            throw failure(result, sql: sql)
        default:
            return QueryResult(result)
        }
    }

    /// libpq's most recent error message.
    var libraryMessage: String {
        handle == nil ? "the connection is closed" : String(cString: PQerrorMessage(handle))
    }

    /// The error of a statement that libpq could not send, or refused to.
    func failureWithoutResult(sql: String) -> PostgresError {
        let isBroken = PQstatus(handle) != CONNECTION_OK
        return PostgresError(isBroken ? .connection : .usage, libraryMessage, sql: sql)
    }

    /// The error that a failed PGresult describes.
    func failure(_ result: OpaquePointer, sql: String) -> PostgresError {
        func field(_ code: Int32) -> String? {
            PQresultErrorField(result, code).map { String(cString: $0) }
        }
        let sqlState = field(budstikke_diag_sqlstate).map(SQLState.init)
        let isBroken = PQstatus(handle) != CONNECTION_OK || sqlState?.isConnectionLost == true
        let message = field(budstikke_diag_message) ?? String(cString: PQresultErrorMessage(result))
        var error = PostgresError(
            isBroken ? .connection : .server, Self.withoutValues(message, sqlState),
            sqlState: sqlState, detail: field(budstikke_diag_detail),
            hint: field(budstikke_diag_hint), table: field(budstikke_diag_table),
            column: field(budstikke_diag_column), constraint: field(budstikke_diag_constraint),
            sql: sql)
        error.copyRow = field(budstikke_diag_context).flatMap(Self.copyRow)
        let function = field(budstikke_diag_source_function)
        error.isStalePlan = Self.isStalePlan(sqlState, function)
        error.isLockTimeout =
            sqlState == .lockNotAvailable && function == Self.interruptingFunction
        if sqlState == .queryCanceled, wait.cancelling != nil {
            error.isStopped = true
            error.message = "cancelled, since the program was asked to stop"
        }
        return error
    }

    /// The server quotes a value that it rejects, as in `invalid input syntax for type uuid: "…"`;
    /// the value may itself contain quotation marks, so everything between the first and the last
    /// one is removed.
    private static func withoutValues(_ message: String, _ sqlState: SQLState?) -> String {
        guard sqlState?.rawValue.hasPrefix("22") == true,
            let first = message.firstIndex(of: "\""), let last = message.lastIndex(of: "\"")
        else { return message }
        return message[..<first] + "\"…\"" + message[last...].dropFirst()
    }

    /// The context `COPY invoice, line 3, column total: "…"` quotes a value, so only its line
    /// number is used; the words are in the server's language, their order is not.
    private static func copyRow(_ context: String) -> Int? {
        guard context.hasPrefix("COPY "), let comma = context.firstIndex(of: ",") else {
            return nil
        }
        let digits = context[comma...].drop { !$0.isWholeNumber }.prefix(while: \.isWholeNumber)
        return Int(digits)
    }

    /// The server function that ends a wait at a time-out; NOWAIT has the same SQLSTATE but comes
    /// from elsewhere, and the message is in the server's language.
    private static let interruptingFunction = "ProcessInterrupts"

    /// "cached plan must not change result type" shares its SQLSTATE with everything that is not
    /// supported; only the place in the server's source, which is not translated, identifies it.
    private static func isStalePlan(_ sqlState: SQLState?, _ function: String?) -> Bool {
        switch sqlState {
        case SQLState.invalidStatementName: true
        case SQLState.featureNotSupported: function == "RevalidateCachedQuery"
        default: false
        }
    }
}
