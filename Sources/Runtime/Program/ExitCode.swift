/// How a program ends: sysexits' numbers, stable and documented, so that timers and people can
/// tell what to do.
package enum BudstikkeExit: Int32, Sendable, CaseIterable {
    case done = 0
    /// Done, and some items failed: they are listed.
    case someFailed = 1
    case usage = 64
    case badInput = 65
    /// The provider or the database is down.
    case unavailable = 69
    case bug = 70
    case inputOutput = 74
    /// Try again later: a limit reached, a wait asked for.
    case tryAgain = 75
    /// Refused by the provider: the key.
    case refused = 77
    case configuration = 78
    case interrupted = 130
    case terminated = 143
}

/// An error that knows how a program is to end with it, and says so in one line.
package protocol ExitCoded: Error, CustomStringConvertible {
    var exit: BudstikkeExit { get }
}

/// Something a person asked for that can't be: an option, a name, a state.
package struct UsageError: ExitCoded {
    package let description: String
    package let exit: BudstikkeExit

    package init(_ description: String, exit: BudstikkeExit = .usage) {
        self.description = description
        self.exit = exit
    }
}
