import ArgumentParser
import UseCases
import Runtime
import Version

/// generate-invoices - turns due recurring invoices into invoices, documents and dispatches.
///
/// It runs every hour with --nightly, which takes each tenant once a day, from 03:00 by its own
/// clock; by hand it takes all that is due. It reads the set-up and the agreements, writes invoices, documents,
/// dispatches, faults, notifications and to-dos, and queues one e-mail for each user whose invoices
/// were stopped. It does not contact the provider. Running it again, or twice at once, changes
/// nothing.
///
/// Exit codes: 0 done or nothing to do, 1 some were stopped (they are listed), 64 usage, 69 the
/// database is down or read-only, 74 its disk is full, 75 stopped by SIGTERM, or the database was
/// busy too long, 78 configuration.
@main
struct Program: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate-invoices",
        abstract: "Turn due recurring invoices into invoices, documents and dispatches.",
        discussion: """
            Checks the form template, the send plan, the attachment size and the rest before \
            anything goes out; what fails is told to the user who created it, by e-mail, bell \
            and to-do list. With --forecast it tells what will fail, and makes nothing.
            """,
        version: BudstikkeVersion.line(of: "generate-invoices"))

    @OptionGroup var global: GlobalOptions

    @Option(help: "Tell what will fail within this many days, and make no invoice.")
    var forecast: Int?

    @Flag(
        help: """
            With --tenant: make what is due, although it is far more than the tenant ever had; without \
            it such a tenant is left alone, and the run says so.
            """)
    var approve = false

    @Flag(
        help: """
            Take each tenant once a day, from three o'clock by its own clock: for a timer that runs every \
            hour.
            """)
    var nightly = false

    func validate() throws {
        if nightly, approve || forecast != nil {
            throw ValidationError("--nightly goes neither with --approve nor with --forecast")
        }
        if approve {
            guard global.tenant != nil else {
                throw ValidationError("--approve: say whose with --tenant")
            }
            guard forecast == nil else {
                throw ValidationError("--approve: a forecast makes nothing")
            }
        }
        guard let forecast else { return }
        guard (1...366).contains(forecast) else {
            throw ValidationError("--forecast takes 1 to 366 days")
        }
    }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "generate-invoices")
        let mark = try SenderMark.open(connection, context: context)
        let summary = try RecordedRun.run(
            "generate-invoices", connection: connection, context: context
        ) {
            let terms = try MessageTerms(context.settings)
            if let forecast {
                return try ForecastFaults(
                    connection: connection, context: context, terms: terms
                ).run(days: forecast)
            }
            return try GenerateInvoices(
                connection: connection, context: context, terms: terms, isApproved: approve,
                isNightly: nightly
            ).run()
        }
        if !context.isDryRun { try mark.raise(after: summary, connection) }
        return summary
    }
}
