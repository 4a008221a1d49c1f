package import ArgumentParser
import Foundation

/// Turns errors into one line and an exit code.
package enum ProgramFailure {
    /// Says what is wrong, and returns what the program is to end with.
    ///
    /// For a program of its own making; a `BudstikkeCommand` does this by itself.
    package static func ending(with error: any Error, program: String) -> ArgumentParser.ExitCode {
        if let code = error as? ArgumentParser.ExitCode { return code }
        let exit = RunReporter(program: program, isJSON: false).tell(error)
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
