import ArgumentParser
import Invoicing
import UseCases
import Runtime
import Wire

/// Imports invoices and set-up data.
struct Import: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Import invoices (UBL, EHF, Peppol) and a company's set-up (CSV, JSON Lines).",
        discussion: """
            Files and folders. A set-up file is named after its table: tenant, users, customers, \
            form_templates, form_setup, send_plans, vat_rates, recurring_invoices, \
            recurring_invoice_lines, attachments, exchange_rates, price_index_values, \
            price_index_clauses, price_notices; .csv or .jsonl (docs/import.md). A file is \
            taken as a whole or not at all, and may be imported again.
            """)

    @OptionGroup var global: GlobalOptions

    @Argument(help: "Files and folders.")
    var paths: [String]

    @Option(help: "Invoices: the user who is told of failures.")
    var user: String?

    @Option(help: "Invoices: the send plan (default: the tenant's only one).")
    var sendPlan: String?

    @Option(help: "Invoices: the address to send to, in place of the one in the file.")
    var recipient: String?

    @Flag(help: "Invoices: keep them, and do not send them by automatic dispatch.")
    var noDispatch = false

    func validate() throws {
        if let recipient, EmailAddress(recipient) == nil {
            throw ValidationError("--recipient \(recipient): is not an e-mail address")
        }
    }

    var unusedOptions: Set<GlobalOption> { [.limit] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(
            context, program: "import", makesTenant: true)
        let mark = try SenderMark.open(connection, context: context)
        let summary = try ImportFiles(
            connection: connection, context: context,
            options: ImportFiles.Options(
                userKey: user, planKey: sendPlan, recipient: recipient,
                isDispatched: !noDispatch)
        ).run(paths)
        if !context.isDryRun { try mark.raise(after: summary, connection) }
        return summary
    }
}
