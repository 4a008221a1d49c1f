package import ArgumentParser
import Foundation
import Logging

/// A program, or a subcommand of one, that runs with the global options.
///
/// It says what it does in `run(_:)`; what all share, from settings to exit code, is done here.
package protocol BudstikkeCommand: ParsableCommand {
    var global: GlobalOptions { get }

    /// The work. A summary is printed and decides between exit 0 and 1; nil prints nothing.
    func run(_ context: RunContext) throws -> RunSummary?
}

extension BudstikkeCommand {
    package mutating func run() throws {
        StopSignal.install()
        let exit: BudstikkeExit
        do {
            exit = try perform()
        } catch {
            throw ProgramFailure.ending(with: error, program: Self._commandName)
        }
        guard exit == .done else { throw ArgumentParser.ExitCode(exit.rawValue) }
    }

    private func perform() throws -> BudstikkeExit {
        let settings = try Settings.load(options: global)
        let log = Logger(label: Self._commandName) { label in
            LineLogHandler(
                label: label, format: settings.logFormat,
                level: Logger.Level(rawValue: settings.logLevel) ?? .info)
        }
        let context = RunContext(
            settings: settings, clock: RunClock(fixed: global.asOf), log: log,
            output: Output(isJSON: global.isJSON), isDryRun: global.isDryRun,
            tenantID: global.tenant, limit: global.limit)
        guard let summary = try run(context) else { return .done }
        report(summary, context)
        if let stopped = context.stop.exit { return stopped }
        return summary.failed > 0 ? .someFailed : .done
    }

    /// Quiet on success under cron; the summary on a terminal, and where something failed.
    private func report(_ summary: RunSummary, _ context: RunContext) {
        if context.output.isJSON {
            context.output.line(summary.json)
        } else if Output.isErrorTerminal || summary.failed > 0 || context.isDryRun {
            Output.say(summary.text)
        }
    }
}

/// Turns errors into one line and an exit code.
package enum ProgramFailure {
    package static func ending(with error: any Error, program: String) -> ArgumentParser.ExitCode {
        if let code = error as? ArgumentParser.ExitCode { return code }
        let (line, exit) = explain(error)
        Output.say("\(program): \(Printable.line(line))")
        return ArgumentParser.ExitCode(exit.rawValue)
    }

    static func explain(_ error: any Error) -> (line: String, exit: BudstikkeExit) {
        if let coded = error as? any ExitCoded { return (coded.description, coded.exit) }
        if let validation = error as? ValidationError { return (validation.message, .usage) }
        return ("\(error)", .bug)
    }
}
