import ArgumentParser
import Foundation
import Invoicing
import UseCases
import Runtime

/// Utboks for EHF og brev.
struct Outbox: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Hand over EHF documents and letters, and write down what became of them.",
        discussion: """
            Without an option it lists what waits. By EHF, a taken document is a file named by its \
            tenant and its dispatch, and appears whole; the dispatch is then sent, and is ongoing \
            until an answer is written down. Letters (--channel print) are taken by the parcel: a \
            folder of PDF files and a list of addresses (docs/letters.md); a letter counts as \
            delivered, unless it comes back, which --refused writes down.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var audit: AuditOptions

    @Option(help: "Only by this channel: ehf or print (default with --take: ehf).")
    var channel: String?

    @Option(
        name: .customLong("take"), help: "Move what waits to this folder.",
        completion: .directory)
    var folder: String?

    @Option(help: "A dispatch whose document was delivered.")
    var delivered: String?

    @Option(help: "A dispatch whose document was refused; with --reason.")
    var refused: String?

    func validate() throws {
        if let channel, ![Channel.ehf, .print].contains(Channel(rawValue: channel)) {
            throw ValidationError("--channel \(channel): is neither ehf nor print")
        }
        guard [folder, delivered, refused].compactMap(\.self).count <= 1 else {
            throw ValidationError("name one of --take, --delivered and --refused")
        }
        guard refused == nil || audit.reason != nil else {
            throw ValidationError("--refused: say why with --reason")
        }
    }

    var unusedOptions: Set<GlobalOption> {
        if folder != nil { return [] }
        return delivered ?? refused == nil ? [.asOf] : [.limit]
    }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "outbox")
        if let folder {
            try Installation.checkInstallation(connection, settings: context.settings)
            let mark = try SenderMark.open(connection, context: context)
            defer { mark.keep() }
            let taken = try TakeOutbox(
                connection: connection, context: context, mark: mark,
                channel: channel.flatMap(Channel.init) ?? .ehf, folder: folder
            ).run()
            return RunSummary(job: "outbox", counts: [("taken", taken)], failed: 0)
        }
        guard let named = delivered ?? refused else {
            try OutboxList(connection: connection, context: context)
                .listing(of: channel.flatMap(Channel.init))
                .show(on: context.output, isCSV: false)
            return nil
        }
        try RecordOutboxAnswer(connection: connection, context: context).run(
            named, refusal: refused == nil ? nil : audit.reason, actor: audit.actor)
        let answer = refused == nil ? "delivered" : "refused"
        context.output.tell(
            "\(named): \(answer)", .deed(named, answer, isDryRun: context.isDryRun))
        return nil
    }
}
