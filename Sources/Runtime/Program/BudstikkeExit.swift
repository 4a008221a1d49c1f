import Foundation
package import ArgumentParser

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

/// Turns errors into one line and an exit code.
package enum ProgramFailure {
    /// Says what is wrong, and returns what the program is to end with.
    ///
    /// For a program of its own making; a `BudstikkeCommand` does this by itself.
    package static func ending(with error: any Error, program: String) -> ArgumentParser.ExitCode {
        if let code = error as? ArgumentParser.ExitCode { return code }
        let exit = RunReporter(program: program, isJSON: false).report(error)
        return ArgumentParser.ExitCode(exit.rawValue)
    }

    /// The error in words, and its exit code.
    package static func explain(_ error: any Error) -> (line: String, exit: BudstikkeExit) {
        switch error {
        case let error as any ExitCoded: (error.description, error.exit)
        case let error as ValidationError: (error.message, .usage)
        case let error as CocoaError: (sentence(error), .inputOutput)
        case let error as POSIXError: (String(cString: strerror(error.code.rawValue)), .inputOutput)
        default: ("\(error); this is a fault of the program, please report it", .bug)
        }
    }

    /// Foundation's own text names neither the file nor the cause on Linux.
    private static func sentence(_ error: CocoaError) -> String {
        let cause = (error.userInfo[NSUnderlyingErrorKey] as? POSIXError).map {
            String(cString: strerror($0.code.rawValue))
        }
        return [error.filePath ?? "a file", cause ?? "can't be read or written"]
            .joined(separator: ": ")
    }
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

/// An error that knows how a program is to end with it, and says so in one line.
package protocol ExitCoded: Error, CustomStringConvertible {
    var exit: BudstikkeExit { get }
}
