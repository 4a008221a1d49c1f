import ArgumentParser
import Runtime
import UseCases

/// Leverandørens grep om én kunde: stans, grense, stille timer.
struct Tenant: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "Suspend a tenant, or say how many of its e-mails go out, when, and before whom.",
        discussion: """
            Without an option it lists what is decided. Of a suspended tenant no invoice is made, no \
            e-mail is sent and no document is handed over; all is kept, and goes out once it is \
            resumed. What waits for hours, days or a limit is sent when they allow it, by the \
            tenant's own time zone; nothing is given up meanwhile.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var audit: AuditOptions

    @Flag(help: "Let nothing of the tenant go out, and keep all.")
    var suspend = false

    @Flag(help: "Let what was kept go out.")
    var resume = false

    @Option(help: "The most e-mails in a day; or none.")
    var dailyLimit: String?

    @Option(help: "Hours in which no e-mail is sent, as 20:00-07:00; or none.")
    var quietHours: String?

    @Option(
        help: """
            Days on which no e-mail is sent: weekends, holidays (Norway's), and days as \
            2026-12-24, with commas between them; or none.
            """)
    var restDays: String?

    @Option(help: "Who goes first: high, normal or low.")
    var priority: String?

    private var change: ControlTenant.Change {
        ControlTenant.Change(
            suspends: suspend ? true : resume ? false : nil, dailyLimit: dailyLimit,
            quietHours: quietHours, restDays: restDays, priority: priority)
    }

    func validate() throws {
        if suspend, resume { throw ValidationError("say one of --suspend and --resume") }
        if !change.isEmpty, global.tenant == nil {
            throw ValidationError("--tenant: say whose")
        }
    }

    var unusedOptions: Set<GlobalOption> { change.isEmpty ? [.dryRun] : [.limit, .asOf] }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "tenant")
        let control = ControlTenant(connection: connection, context: context)
        guard !change.isEmpty, let tenantID = context.tenantID else {
            try control.listing().show(on: context.output, isCSV: false)
            return nil
        }
        let done = try control.run(
            change, tenantID: tenantID, actor: audit.actor,
            reason: try audit.requiredReason(for: "the tenant is treated so"))
        for line in done {
            context.output.tell(
                "tenant \(tenantID): \(line)\(context.isDryRun ? " (dry run: unchanged)" : "")",
                .deed("\(tenantID)", line, isDryRun: context.isDryRun))
        }
        return nil
    }
}
