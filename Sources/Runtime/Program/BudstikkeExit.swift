/// How a program ends: sysexits' numbers, stable and documented, so that timers and people can
/// tell what to do.
package enum BudstikkeExit: Int32, Sendable, CaseIterable {
    /// Done, or nothing to do.
    case done = 0
    /// Done, and some items failed: they are listed.
    case someFailed = 1
    /// The command line is wrong.
    case usage = 64
    /// What was given to be read is wrong.
    case badInput = 65
    /// The provider or the database is down.
    case unavailable = 69
    /// A fault of ours.
    case bug = 70
    /// A file or a stream can't be read or written.
    case inputOutput = 74
    /// Try again later: a limit reached, a wait asked for, a stop asked for by SIGTERM.
    case tryAgain = 75
    /// Refused by the provider: the key.
    case refused = 77
    /// A setting, a secret's file or the database's schema is wrong.
    case configuration = 78
    /// SIGINT.
    case interrupted = 130
    /// A second SIGTERM, which does not wait.
    case terminated = 143
}

extension BudstikkeExit {
    /// How a program is to end with an error; one that nobody thought of is a bug.
    package init(_ error: any Error) {
        self = ProgramFailure.explain(error).exit
    }
}
