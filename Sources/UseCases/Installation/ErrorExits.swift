import Invoicing
package import Dispatching
package import Postgres
package import Runtime
package import Schema
package import Store

// The exit codes for errors of modules that know nothing about programs.

extension ProviderError: ExitCoded {
    /// The exit code for a provider that can't be used.
    package var exit: BudstikkeExit {
        switch self {
        case .unavailable, .unreadable: .unavailable
        case .unauthorized, .notAllowed: .refused
        case .untrusted, .misconfigured: .configuration
        case .rateLimited, .exhausted: .tryAgain
        }
    }

    /// The problem and what to do about it, in one line.
    package var description: String {
        switch self {
        case .unavailable(let provider, let reason): "\(provider) is not available: \(reason)"
        case .unauthorized(let provider, let reason):
            "\(provider) refuses the key: \(reason); check provider.api_key_file"
                + " and provider.reconcile_key_file"
        case .untrusted(let provider, let reason):
            "\(provider) is not spoken to: \(reason); check its address and"
                + " provider.authority_file"
        case .notAllowed(let provider, let reason):
            "\(provider) refuses the account: \(reason); see to it with the provider"
        case .misconfigured(let provider, let reason):
            "\(provider) does not know what is asked of it: \(reason); check provider.base_url,"
                + " region, domain and stream"
        case .exhausted(let provider, let reason):
            "\(provider) says that a limit of the account is used up: \(reason)"
        case .rateLimited(let provider, let seconds):
            "\(provider) asks to wait\(seconds.map { " \($0) seconds" } ?? "")"
        case .unreadable(let provider, let reason):
            "\(provider) answered with what can't be read: \(reason); nothing was lost"
        }
    }
}

extension MigrationError: ExitCoded {
    package var exit: BudstikkeExit { .configuration }
}

extension StoreError: ExitCoded {
    package var exit: BudstikkeExit {
        switch self {
        case .invalidRow: .badInput
        case .alreadyOngoing, .dispatchExists: .tryAgain
        }
    }
}

// The exit code for a database error, from the table below, one row per cause. Only an invalid
// request of ours is a bug; problems of the server, its operation or the moment are not.

extension PostgresError: ExitCoded {
    /// The exit code by SQLSTATE, or by kind where there is none.
    package var exit: BudstikkeExit {
        if isStopped { return StopSignal().exit ?? .tryAgain }
        switch kind {
        case .conninfo: return .configuration
        // A value of a table is a row that somebody wrote; of our own statement, a slip of ours.
        case .decoding: return tableOID == nil ? .bug : .badInput
        case .usage: return .bug
        // What has no code was said by libpq, of an answer that broke off or made no sense.
        case .connection, .commitInDoubt, .server: return sqlState?.exit ?? .unavailable
        }
    }
}

extension SQLState {
    /// The code itself, or else its class (PostgreSQL's documentation, appendix A).
    var exit: BudstikkeExit {
        Self.exits[rawValue] ?? Self.exits[classCode] ?? .bug
    }

    private static let exits: [String: BudstikkeExit] = [
        // The connection.
        "08": .unavailable,
        // A standby, or a server in read-only mode.
        "25006": .unavailable,
        // The server's idle timeout ended the session: we were suspended.
        "25P03": .tryAgain, "57P05": .tryAgain,
        // The role, the password, pg_hba.conf; no such database, no such schema.
        "28": .configuration, "3D": .configuration, "3F": .configuration,
        // Serialization failure or deadlock, after several attempts.
        "40": .tryAgain,
        // Privileges of the role; a missing table, in a database that is not ours.
        "42501": .configuration, "42P01": .configuration,
        // Resources: too many connections or too little memory are transient; a full disk is not,
        // nor is a limit in the server's configuration.
        "53": .tryAgain, "53100": .inputOutput, "53400": .configuration,
        // Locked by another session: lock_timeout, or an object in use.
        "55006": .tryAgain, "55P03": .tryAgain,
        // The server is stopping, has crashed or is starting; or a statement was cancelled or timed
        // out.
        "57": .unavailable, "57014": .tryAgain,
        // The server's files, its configuration, damaged data; its internal errors.
        "58": .inputOutput, "F0": .configuration, "XX001": .inputOutput, "XX002": .inputOutput,
        "XX": .unavailable,
    ]
}
