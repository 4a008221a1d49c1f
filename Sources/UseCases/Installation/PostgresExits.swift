package import Postgres
package import Runtime

// How an error of the database ends a program: by the table below, one row a kind of trouble.
// Only what we asked wrongly is a bug; what is the server's, the operator's or a moment's is not.

extension PostgresError: ExitCoded {
    package var exit: BudstikkeExit {
        if isStopped { return StopSignal().exit ?? .tryAgain }
        switch kind {
        case .conninfo: return .configuration
        case .decoding, .usage: return .bug
        // What has no code was said by libpq, of an answer that broke off or made no sense.
        case .connection, .commitInDoubt, .server: return sqlState?.exit ?? .unavailable
        }
    }
}

extension SQLState {
    /// PostgreSQL's documentation, appendix A: the code itself, or else its class.
    var exit: BudstikkeExit {
        Self.exits[rawValue] ?? Self.exits[classCode] ?? .bug
    }

    private static let exits: [String: BudstikkeExit] = [
        // The connection.
        "08": .unavailable,
        // A standby, or a server that was set to read only.
        "25006": .unavailable,
        // The server did not want to wait for us in a transaction, or at all: we were suspended.
        "25P03": .tryAgain, "57P05": .tryAgain,
        // The role, the password, pg_hba.conf; no such database, no such schema.
        "28": .configuration, "3D": .configuration, "3F": .configuration,
        // Serialization, deadlock: after it was tried several times.
        "40": .tryAgain,
        // The rights of the role; a table that is not there, in a database that is not ours.
        "42501": .configuration, "42P01": .configuration,
        // Resources: too many connections or too little memory pass, a full disk does not by
        // itself, nor does a limit that the server's configuration sets.
        "53": .tryAgain, "53100": .inputOutput, "53400": .configuration,
        // Somebody else has it: lock_timeout, or an object in use.
        "55006": .tryAgain, "55P03": .tryAgain,
        // The server stops, has crashed or is starting; or a statement was cancelled or timed out.
        "57": .unavailable, "57014": .tryAgain,
        // The server's own files, its configuration, damaged data; its inner errors.
        "58": .inputOutput, "F0": .configuration, "XX001": .inputOutput, "XX002": .inputOutput,
        "XX": .unavailable,
    ]
}
