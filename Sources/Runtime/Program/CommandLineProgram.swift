package import ArgumentParser

/// A program that says what is wrong with its command line in one line, and where help is.
package protocol CommandLineProgram: ParsableCommand {}

extension CommandLineProgram {
    package static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let code as ArgumentParser.ExitCode {
            exit(withError: code)
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            let ending = RunReporter(program: _commandName, isJSON: false)
            exit(withError: ArgumentParser.ExitCode(ending.tell(usageError(error)).rawValue))
        }
    }

    /// The parser's own words, without the usage that it prints with them.
    static func usageError(_ error: any Error) -> UsageError {
        // Its last line reads "See 'budstikke list --help' for more information."
        let help = fullMessage(for: error).split(separator: "'").last { $0.hasSuffix("--help") }
        return UsageError("\(message(for: error)); see \(help ?? "--help")")
    }
}
