import CLibPQ
import Glibc

/// One attempt to connect, and what came of it.
///
/// Sendable without the compiler's proof: libpq binds no connection to a thread, and one thread at
/// a time has it.
struct ConnectionAttempt: @unchecked Sendable {
    /// Nil where it failed.
    let handle: OpaquePointer?
    /// Why it failed.
    let failure: PostgresError?

    /// Connects, and waits for it as libpq does.
    static func make(_ conninfo: String, applicationName: String) -> ConnectionAttempt {
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
        // A later word goes before an earlier one: the conninfo may set the time-outs otherwise,
        // and nothing may set the encoding.
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

    /// For each host; a server that is suspended takes a connection and never answers.
    private static let timeoutSeconds = 30

    /// A word of ours goes before libpq's environment and service file, where it should not.
    private static func isTimedElsewhere(_ conninfo: String) -> Bool {
        conninfo.contains("service=") || getenv("PGSERVICE") != nil
            || getenv("PGCONNECT_TIMEOUT") != nil
    }

    // MARK: Why it failed

    private static func message(of handle: OpaquePointer?) -> String {
        handle.map { String(cString: PQerrorMessage($0)) } ?? "out of memory"
    }

    /// libpq gives the code of a server that refuses to be connected to only among its words, and
    /// only when it is told to be verbose, which it can't be before it has tried: so it tries again.
    private static func sqlState(of handle: OpaquePointer?, after words: String) -> SQLState? {
        // Two spaces follow the severity, in whatever language the server says it.
        guard words.contains(":  ") else { return nil }
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        PQreset(handle)
        defer { PQsetErrorVerbosity(handle, PQERRORS_DEFAULT) }
        guard PQstatus(handle) != CONNECTION_OK else { return nil }
        let codes = message(of: handle).matches(of: #/:  ([0-9A-Z]{5}): /#)
        return codes.last.map { SQLState(rawValue: String($0.1)) }
    }

    /// Whether the same attempt would fail for ever: the string, the role, the password, the
    /// database or the certificate is what has to be changed.
    ///
    /// What libpq says of its own is English, since no program of ours sets the locale.
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
        // `invalid port number: "…"`: a slip can bring anything into a value, a password too.
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
    /// Compiling a plan costs more than it gains in statements as short as ours.
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
        // So that a statement that the server does not take in can be given up like an answer.
        guard PQsetnonblocking(handle, 1) == 0 else { throw failureWithoutResult(sql: "") }
        try run(script: sessionSettings)
    }

    private func attempt() throws(PostgresError) -> OpaquePointer {
        let attempt = Aside(discarding: { $0.discard() }) { [conninfo, applicationName] in
            ConnectionAttempt.make(conninfo, applicationName: applicationName)
        }
        wait = Wait(limits)
        while !wait.isOver {
            let slice = Int(Wait.sliceMilliseconds)
            guard let made = attempt.value(withinMilliseconds: slice) else { continue }
            if let handle = made.handle { return handle }
            throw made.failure ?? PostgresError(.connection, "can't connect")
        }
        attempt.leave()
        throw PostgresError.stopped(
            "no connection was made when the program was asked to stop", sql: nil)
    }

    /// Refuses what libpq would cut short, and what its message would quote a password from.
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
