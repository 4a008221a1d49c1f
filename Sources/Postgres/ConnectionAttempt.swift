import CLibPQ
import Glibc

/// The result of one attempt to connect.
///
/// Unchecked: libpq ties no connection to a thread, and only one thread at a time uses it.
struct ConnectionAttempt: @unchecked Sendable {
    /// Nil where the attempt failed.
    let handle: OpaquePointer?
    /// Why it failed; nil where it succeeded.
    let failure: PostgresError?

    /// Connects, and blocks until libpq is done.
    static func connect(_ conninfo: String, applicationName: String) -> ConnectionAttempt {
        let handle = connected(conninfo, applicationName)
        guard PQstatus(handle) != CONNECTION_OK else {
            return ConnectionAttempt(handle: handle, failure: nil)
        }
        let words = message(of: handle)
        let needsPassword = PQconnectionNeedsPassword(handle) == 1
        let sqlState = Self.sqlState(of: handle, after: words)
        guard PQstatus(handle) != CONNECTION_OK else {
            return ConnectionAttempt(handle: handle, failure: nil)
        }
        PQfinish(handle)
        let isMistake = needsPassword || isMistake(words, sqlState)
        return ConnectionAttempt(
            handle: nil, failure: failure(words, sqlState, isMistake: isMistake))
    }

    func discard() {
        PQfinish(handle)
    }

    private static func connected(
        _ conninfo: String, _ applicationName: String
    ) -> OpaquePointer? {
        // A later keyword overrides an earlier one: the conninfo may change the time-outs, and
        // nothing may change the encoding.
        var settings = [
            ("keepalives_idle", "60"), ("keepalives_interval", "10"), ("keepalives_count", "6"),
            ("dbname", conninfo), ("fallback_application_name", applicationName),
            ("client_encoding", "UTF8"),
        ]
        if !isTimedElsewhere(conninfo) {
            settings.insert(("connect_timeout", String(timeoutSeconds)), at: 0)
        }
        return withCStrings(settings.map(\.0)) { keywords in
            withCStrings(settings.map(\.1)) { values in
                // 1 lets the database's name be a whole conninfo or URI.
                PQconnectdbParams(keywords, values, 1)
            }
        }
    }

    /// For each host: a suspended server accepts a connection and never answers.
    private static let timeoutSeconds = 30

    /// Our keyword would override libpq's environment and service file, which it must not.
    private static func isTimedElsewhere(_ conninfo: String) -> Bool {
        conninfo.contains("service=") || getenv("PGSERVICE") != nil
            || getenv("PGCONNECT_TIMEOUT") != nil
    }

    // MARK: Failures

    private static func message(of handle: OpaquePointer?) -> String {
        handle.map { String(cString: PQerrorMessage($0)) } ?? "out of memory"
    }

    /// libpq reports the SQLSTATE of a server that rejects a connection only in its message, and
    /// only in verbose mode, which can't be set before the attempt: so it is made a second time.
    private static func sqlState(of handle: OpaquePointer?, after words: String) -> SQLState? {
        // Two spaces follow the severity, whatever the server's language.
        guard words.contains(":  ") else { return nil }
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        PQreset(handle)
        defer { PQsetErrorVerbosity(handle, PQERRORS_DEFAULT) }
        guard PQstatus(handle) != CONNECTION_OK else { return nil }
        let codes = message(of: handle).matches(of: #/:  ([0-9A-Z]{5}): /#)
        return codes.last.map { SQLState(rawValue: String($0.1)) }
    }

    /// Whether the same attempt would always fail: the string, the role, the password, the database
    /// or the certificate has to be changed.
    ///
    /// libpq's own messages are English, since no program of ours sets the locale.
    private static func isMistake(_ words: String, _ sqlState: SQLState?) -> Bool {
        if let sqlState { return ["22", "28", "3D", "42", "55"].contains(sqlState.classCode) }
        let isTried = ["connection to server", "could not translate"].contains(
            where: words.contains)
        return !isTried || words.contains("certificate") || words.contains("not support SSL")
    }

    private static func failure(
        _ words: String, _ sqlState: SQLState?, isMistake: Bool
    ) -> PostgresError {
        var words = words
        // `invalid port number: "…"`: a slip can put anything into a value, even a password.
        if words.hasPrefix("invalid"), let first = words.firstIndex(of: "\""),
            let end = words[words.index(after: first)...].firstIndex(of: "\"")
        {
            words.replaceSubrange(first...end, with: "\"…\"")
        }
        return PostgresError(
            isMistake ? .conninfo : .connection, "can't connect: \(words)", sqlState: sqlState,
            hint: isMistake
                ? "check the connection string, and what stands in ~/.pgpass or a service file"
                : nil)
    }
}

extension Connection {
    /// JIT compilation costs more than it gains in statements as short as these.
    private var sessionSettings: String {
        """
        SET timezone = 'UTC'; SET search_path = budstikke, public; SET jit = off;
        SET lock_timeout = '\(limits.lockSeconds)s';
        SET statement_timeout = '\(limits.statementSeconds)s'
        """
    }

    func connect() throws(PostgresError) {
        try Self.check(conninfo, applicationName)
        handle = try attempt()
        budstikke_silence_notices(handle)
        // Lets a statement that the server does not read be abandoned like a missing answer.
        guard PQsetnonblocking(handle, 1) == 0 else { throw failureWithoutResult(sql: "") }
        try run(script: sessionSettings)
    }

    private func attempt() throws(PostgresError) -> OpaquePointer {
        let attempt = BackgroundCall(discarding: { $0.discard() }) { [conninfo, applicationName] in
            ConnectionAttempt.connect(conninfo, applicationName: applicationName)
        }
        wait = Wait(limits)
        while !wait.isOver {
            let slice = Int(Wait.sliceMilliseconds)
            guard let made = attempt.value(withinMilliseconds: slice) else { continue }
            if let handle = made.handle { return handle }
            throw made.failure ?? PostgresError(.connection, "can't connect")
        }
        attempt.abandon()
        throw PostgresError.stopped(
            "no connection was made when the program was asked to stop", sql: nil)
    }

    /// Rejects what libpq would cut short, and strings from which its message would quote a
    /// password.
    private static func check(
        _ conninfo: String, _ applicationName: String
    ) throws(PostgresError) {
        guard !applicationName.utf8.contains(0) else {
            throw PostgresError(.usage, "an application's name may not hold a NUL")
        }
        guard !conninfo.utf8.contains(0) else {
            throw PostgresError(.conninfo, "the connection string may not hold a NUL")
        }
        guard conninfo.contains("=") || conninfo.contains("://") else { return }
        let options = PQconninfoParse(conninfo, nil)
        guard options != nil else {
            throw PostgresError(
                .conninfo,
                "the connection string can't be read; write host=… dbname=…, or postgresql://…"
                    + " (it is not shown here, since it may hold a password)")
        }
        PQconninfoFree(options)
    }
}
