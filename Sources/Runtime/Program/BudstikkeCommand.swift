import ArgumentParser
import Foundation
import Logging

/// A program, or a subcommand of one, that runs with the global options.
///
/// It says what it does in `run(_:)`; what all share, from settings to exit code, is done here:
/// ```swift
/// @main struct Program: BudstikkeCommand {
///     @OptionGroup var global: GlobalOptions
///     func run(_ context: RunContext) throws -> RunSummary? { … }
/// }
/// ```
package protocol BudstikkeCommand: CommandLineProgram {
    var global: GlobalOptions { get }

    /// Whether it changes nothing, so that any day may be looked at.
    static var onlyReads: Bool { get }

    /// The work. A summary is printed and decides between exit 0 and 1; nil prints nothing.
    func run(_ context: RunContext) throws -> RunSummary?
}

extension BudstikkeCommand {
    package static var onlyReads: Bool { false }

    package mutating func run() throws {
        StopSignal.install()
        var ending = RunReporter(program: Self.programName, isJSON: global.isJSON)
        let exit: BudstikkeExit
        do {
            exit = try perform(&ending)
        } catch let asked as CleanExit {
            throw asked
        } catch let code as ArgumentParser.ExitCode {
            throw code
        } catch {
            exit = ending.tell(error)
        }
        guard exit == .done else { throw ArgumentParser.ExitCode(exit.rawValue) }
    }

    private func perform(_ ending: inout RunReporter) throws -> BudstikkeExit {
        if !Self.onlyReads { try global.checkFuture() }
        let settings = try Settings.load(options: global)
        ending.format = settings.logFormat
        let log = Logger(label: Self.programName) { label in
            LineLogHandler(
                label: label, format: settings.logFormat,
                level: Logger.Level(rawValue: settings.logLevel) ?? .info)
        }
        let context = RunContext(
            settings: settings, clock: RunClock(fixed: global.asOf), log: log,
            output: Output(isJSON: global.isJSON), isDryRun: global.isDryRun,
            tenantID: global.tenant, limit: global.limit)
        let summary = try run(context)
        if let summary { ending.tell(summary, isDryRun: context.isDryRun) }
        if let trouble = summary?.trouble { _ = ending.tell(trouble) }
        try Output.checkWritten()
        return context.exit(after: summary)
    }

    /// The program's name as it was called, with the subcommand: `budstikke list`.
    static var programName: String {
        let called = CommandLine.arguments.first?.split(separator: "/").last.map(String.init)
        guard let called, called != _commandName else { return _commandName }
        return "\(called) \(_commandName)"
    }
}
