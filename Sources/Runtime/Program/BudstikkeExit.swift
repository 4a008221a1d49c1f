import Foundation
package import ArgumentParser

/// A program's exit codes: the numbers of sysexits(3), stable and documented, so that timers and
/// people know how to react.
package enum BudstikkeExit: Int32, Sendable, CaseIterable {
    /// Done, or nothing to do.
    case done = 0
    /// Done, but some items failed; they are listed.
    case someFailed = 1
    /// The command line is wrong.
    case usage = 64
    /// The input is invalid.
    case badInput = 65
    /// The provider or the database is down.
    case unavailable = 69
    /// A defect in the program.
    case bug = 70
    /// A file or a stream can't be read or written.
    case inputOutput = 74
    /// Try again later: a limit was reached, a wait was requested, or SIGTERM stopped the run.
    case tryAgain = 75
    /// The provider refused the key.
    case refused = 77
    /// A setting, a secret's file or the database's schema is wrong.
    case configuration = 78
    /// Stopped by SIGINT.
    case interrupted = 130
    /// Stopped by a second SIGTERM, which does not wait.
    case terminated = 143
}

extension BudstikkeExit {
    /// The exit code for an error; one that is not `ExitCoded` is a bug.
    package init(_ error: any Error) {
        self = ProgramFailure.explain(error).exit
    }
}

/// Turns errors into a one-line message and an exit code.
package enum ProgramFailure {
    /// Prints what is wrong, with `isJSON` also as an object, and returns the exit code.
    ///
    /// For programs with their own `main`; a `BudstikkeCommand` does this by itself.
    package static func ending(
        with error: any Error, program: String, isJSON: Bool = false
    ) -> ArgumentParser.ExitCode {
        if let code = error as? ArgumentParser.ExitCode { return code }
        let exit = RunReporter(program: program, isJSON: isJSON).report(error)
        return ArgumentParser.ExitCode(exit.rawValue)
    }

    /// The error as one line of text, and its exit code.
    package static func explain(_ error: any Error) -> (line: String, exit: BudstikkeExit) {
        switch error {
        case let error as any ExitCoded: (error.description, error.exit)
        case let error as ValidationError: (error.message, .usage)
        case let error as CocoaError: (sentence(error), .inputOutput)
        case let error as POSIXError: (String(cString: strerror(error.code.rawValue)), .inputOutput)
        default: ("\(error); this is a fault of the program, please report it", .bug)
        }
    }

    /// Foundation's own description names neither the file nor the cause on Linux.
    private static func sentence(_ error: CocoaError) -> String {
        let cause = (error.userInfo[NSUnderlyingErrorKey] as? POSIXError).map {
            String(cString: strerror($0.code.rawValue))
        }
        return [error.filePath ?? "a file", cause ?? "can't be read or written"]
            .joined(separator: ": ")
    }
}

/// A request by a person that can't be fulfilled: an option, a name, a state.
package struct UsageError: ExitCoded {
    /// The problem in one line.
    package let description: String
    package let exit: BudstikkeExit

    package init(_ description: String, exit: BudstikkeExit = .usage) {
        self.description = description
        self.exit = exit
    }
}

/// An error that knows the exit code it leads to, and describes itself in one line.
package protocol ExitCoded: Error, CustomStringConvertible {
    /// The exit code of a program that ends with this error.
    var exit: BudstikkeExit { get }
}
