import CLibPQ

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
