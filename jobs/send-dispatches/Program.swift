import ArgumentParser
import Foundation
import UseCases
import Runtime
import Version

/// send-dispatches - drains the queue through the company's e-mail provider.
///
/// It runs every minute, or as a loop with --watch. It claims what is due, submits many at once,
/// and records the outcomes; submissions in doubt are looked up at the provider first. Any number
/// may run at once.
///
/// Exit codes: 0 done or nothing to do, 1 some were refused, 64 usage, 69 the provider or the
/// database is down, 74 its disk is full, 75 stopped by SIGTERM, asked to wait, or the database was
/// busy too long, 77 the provider refuses the key, 78 configuration, or a server that can't be
/// trusted.
@main
struct Program: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        commandName: "send-dispatches",
        abstract: "Drain the queue through the company's e-mail provider.",
        discussion: """
            SIGTERM stops it politely: what is in flight is finished, the rest is given back.
            """,
        version: BudstikkeVersion.line(of: "send-dispatches"))

    @OptionGroup var global: GlobalOptions

    @Flag(help: "Go on until stopped or the provider is down, looking at the queue each second.")
    var watch = false

    @Flag(help: "Try the provider now, also where it asked to wait or was found out of order.")
    var now = false

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "send-dispatches")
        try Installation.checkInstallation(connection, settings: context.settings)
        let mark = try SenderMark.open(connection, context: context)
        defer { mark.keep() }
        let provider = try MailAccount.sending(
            context.settings, MailAccount.Marks(connection), stop: context.stop)
        let send = SendDispatches(
            connection: connection, provider: provider, context: context, mark: mark,
            isAtOnce: now
        ) {
            try Installation.connect(context, program: "send-dispatches")
        }
        var summary = try RecordedRun.run(
            "send-dispatches", connection: connection, context: context
        ) { try send.run() }
        while watch, summary.trouble == nil, !context.stop.isRequested {
            sleep(1)
            guard try send.hasWork() else { continue }
            summary = try RecordedRun.run(
                "send-dispatches", connection: connection, context: context
            ) { try send.run() }
        }
        return summary
    }
}
