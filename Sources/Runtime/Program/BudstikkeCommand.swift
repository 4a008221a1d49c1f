import Foundation
import Invoicing
package import ArgumentParser
package import Logging

/// A program, or a subcommand of one, that takes the global options.
///
/// Its work is in `run(_:)`; everything shared, from settings to exit code, is done here:
/// ```swift
/// @main struct Program: BudstikkeCommand {
///     @OptionGroup var global: GlobalOptions
///     func run(_ context: RunContext) throws -> RunSummary? { … }
/// }
/// ```
package protocol BudstikkeCommand: CommandLineProgram {
    /// The options shared by all programs.
    var global: GlobalOptions { get }

    /// Whether it changes nothing, so that `--as-of` may name any day.
    static var onlyReads: Bool { get }

    /// The global options that would change nothing in this call, and are refused.
    var unusedOptions: Set<GlobalOption> { get }

    /// Does the work.
    ///
    /// A summary is printed and selects exit 0 or 1; nil prints nothing.
    func run(_ context: RunContext) throws -> RunSummary?
}

extension BudstikkeCommand {
    /// False: a command is assumed to write.
    package static var onlyReads: Bool { false }

    /// None: a command is assumed to use them all.
    package var unusedOptions: Set<GlobalOption> { [] }

    /// Parses the settings, calls `run(_:)`, reports the result, and exits with the matching code.
    package mutating func run() throws {
        StopSignal.install()
        var reporter = RunReporter(program: Self.programName, isJSON: global.isJSON)
        reporter.isQuiet = global.isQuiet
        let exit: BudstikkeExit
        do {
            exit = try perform(&reporter)
        } catch let asked as CleanExit {
            throw asked
        } catch let code as ArgumentParser.ExitCode {
            throw code
        } catch {
            exit = reporter.report(error)
        }
        guard exit == .done else { throw ArgumentParser.ExitCode(exit.rawValue) }
    }

    private func perform(_ reporter: inout RunReporter) throws -> BudstikkeExit {
        try global.refuse(unusedOptions)
        if !Self.onlyReads { try global.checkFuture() }
        let settings = try Settings.load(options: global)
        reporter.format = settings.logFormat
        let log = Logger(label: Self.programName) { label in
            LineLogHandler(
                label: label, format: settings.logFormat,
                level: Logger.Level(rawValue: settings.logLevel) ?? .info)
        }
        let context = RunContext(
            settings: settings, clock: RunClock(fixed: global.asOf), log: log,
            output: Output(isJSON: global.isJSON, times: settings.times), isDryRun: global.isDryRun,
            tenantID: global.tenant, limit: global.limit)
        let summary = try run(context)
        if let summary { reporter.report(summary, isDryRun: context.isDryRun) }
        if let trouble = summary?.trouble { _ = reporter.report(trouble) }
        try Output.checkWritten()
        return context.exit(after: summary)
    }

    /// The program's name as it was invoked, with the subcommand: `budstikke list`.
    static var programName: String {
        let called = CommandLine.arguments.first?.split(separator: "/").last.map(String.init)
        guard let called, called != _commandName else { return _commandName }
        return "\(called) \(_commandName)"
    }
}

/// Everything a job is given to run with.
package struct RunContext: Sendable {
    package var settings: Settings
    /// The business's time, which `--as-of` may fix.
    package var clock: RunClock
    package var log: Logger
    /// Whether the run has been asked to stop.
    package var stop: StopSignal
    package var output: Output
    /// Whether nothing is to be changed, only reported.
    package var isDryRun: Bool
    /// The only tenant to work for; nil for all.
    package var tenantID: Int64?
    /// The most items to process; nil for no limit.
    package var limit: Int?

    package init(
        settings: Settings, clock: RunClock = RunClock(), log: Logger,
        stop: StopSignal = StopSignal(), output: Output = Output(isJSON: false),
        isDryRun: Bool = false, tenantID: Int64? = nil, limit: Int? = nil
    ) {
        self.settings = settings
        self.clock = clock
        self.log = log
        self.stop = stop
        self.output = output
        self.isDryRun = isDryRun
        self.tenantID = tenantID
        self.limit = limit
    }

    /// The exit code of a run that came to its end: stopped, with failures, or done.
    package func exit(after summary: RunSummary?) -> BudstikkeExit {
        stop.exit ?? summary?.exit ?? .done
    }
}

/// A program that reports a command-line error in one line and points to its help.
package protocol CommandLineProgram: ParsableCommand {}

extension CommandLineProgram {
    /// Parses the command line, runs the program, and exits.
    package static func main() {
        do {
            try refuseUnknownCommand(Array(CommandLine.arguments.dropFirst()))
            var command = try parseAsRoot()
            try command.run()
        } catch let code as ArgumentParser.ExitCode {
            exit(withError: code)
        } catch {
            let refusal = error as? UsageError
            guard refusal != nil || exitCode(for: error) == .validationFailure else {
                exit(withError: error)
            }
            let isJSON = CommandLine.arguments.dropFirst().prefix { $0 != "--" }.contains("--json")
            let reporter = RunReporter(program: _commandName, isJSON: isJSON)
            let code = reporter.report(refusal ?? usageError(error))
            exit(withError: ArgumentParser.ExitCode(code.rawValue))
        }
    }

    /// Names the mistyped subcommand, which the parser does not, and points to its own help rather
    /// than the whole program's.
    static func refuseUnknownCommand(_ arguments: [String]) throws {
        let names = configuration.subcommands.map { $0._commandName }
        guard !names.isEmpty, let first = arguments.first(where: { $0 != "help" }),
            !first.hasPrefix("-"), !names.contains(first)
        else { return }
        let meant = NearestName.of(first, among: names)
        throw UsageError(
            "there is no command '\(first)'; "
                + (meant.map { "did you mean \($0)?" } ?? "see \(_commandName) --help"))
    }

    /// The parser's message without the usage text it prints along with it.
    static func usageError(_ error: any Error) -> UsageError {
        // Its last line reads "See 'budstikke list --help' for more information."
        let help = fullMessage(for: error).split(separator: "'").last { $0.hasSuffix("--help") }
        return UsageError("\(message(for: error)); see \(help ?? "--help")")
    }
}
