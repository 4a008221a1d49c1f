import ArgumentParser
import Invoicing
import UseCases
import Runtime

/// Huskelisten.
struct Todo: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "The to-do list: what a person has to deal with.",
        discussion: """
            A raise by a price index waits there for the notice that the customer must have. \
            Budstikke does not send it: record with --notice that somebody did, or close it with \
            --no-notice, and the old price stays.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var audit: AuditOptions

    @Flag(help: "Also to-dos that have been dealt with.")
    var all = false

    @Option(help: "Dismiss the to-do of this invoice number or dispatch id.")
    var dismiss: String?

    @Option(help: "The notice of a raise of this agreement was sent: --sent-on a day, or today.")
    var notice: String?

    @Option(help: "The day that the notice was sent, as 2026-11-24.")
    var sentOn: String?

    @Option(help: "No notice of a raise of this agreement will be sent; --reason says why.")
    var noNotice: String?

    func validate() throws {
        guard [dismiss, notice, noNotice].compactMap(\.self).count <= 1 else {
            throw ValidationError("say one of --dismiss, --notice and --no-notice")
        }
        if sentOn != nil, notice == nil { throw ValidationError("--sent-on goes with --notice") }
        if noNotice != nil, audit.reason == nil {
            throw ValidationError("--reason: say why no notice will be sent")
        }
    }

    var unusedOptions: Set<GlobalOption> {
        [dismiss, notice, noNotice].allSatisfy { $0 == nil } ? [.asOf] : [.limit]
    }

    func run(_ context: RunContext) throws -> RunSummary? {
        let day = try sentOn.map(civilDate)
        let connection = try Installation.connect(context, program: "todo")
        let people = PeopleLists(connection: connection, context: context)
        let notices = ClosePriceNotice(connection: connection, context: context)
        let reason = audit.reason ?? ""
        if let dismiss {
            try people.dismiss(dismiss, actor: audit.actor, reason: reason)
            say(dismiss, "dismissed", context)
        } else if let notice {
            let answer = try notices.sent(
                agreement: notice, on: day, actor: audit.actor, reason: reason)
            say(notice, answer, context)
        } else if let noNotice {
            let answer = try notices.dismissed(
                agreement: noNotice, actor: audit.actor, reason: reason)
            say(noNotice, answer, context)
        } else {
            try people.todos(userKey: audit.user, withClosed: all)
                .show(on: context.output, isCSV: false)
        }
        return nil
    }

    private func say(_ name: String, _ answer: String, _ context: RunContext) {
        context.output.tell(
            "\(name): \(answer)\(context.isDryRun ? " (dry run: unchanged)" : "")",
            .deed(name, answer, isDryRun: context.isDryRun))
    }

    private func civilDate(_ text: String) throws -> CivilDate {
        guard let date = CivilDate(text) else {
            throw UsageError("--sent-on \(text): is no day; write it as 2026-11-24")
        }
        return date
    }
}
