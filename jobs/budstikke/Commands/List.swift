import ArgumentParser
import UseCases
import Runtime

/// Utsendingslisten.
struct List: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "The dispatch list: the last dispatch of each document.")

    static let onlyReads = true

    @OptionGroup var global: GlobalOptions

    @Argument(
        help: """
            all, mine, ongoing, failed or done; also silent, review (bounces judged on little), \
            orphans, unread (what came back and nobody could read), not-received, and doubles \
            (invoices that were imported twice).
            """)
    var tab = "all"

    @Option(help: "Whose, for the tab mine.")
    var user: String?

    @Option(help: "Only this invoice number.")
    var invoice: String?

    @Flag(help: "Invoices that must not be reminded, with a suggested due date.")
    var notReceived = false

    @Flag(name: .customLong("csv"), help: "Print as CSV.")
    var isCSV = false

    @Flag(help: "Also the e-mails to users about their dispatches.")
    var withReports = false

    func validate() throws {
        guard let chosenTab else {
            let names = DispatchLists.Tab.allCases.map(\.rawValue)
            throw ValidationError("'\(tab)' is not one of \(names.joined(separator: ", "))")
        }
        if chosenTab == .mine, user == nil { throw ValidationError("the tab mine takes --user") }
    }

    /// Only what is silent is so by a clock, and an orphan is nobody's.
    var unusedOptions: Set<GlobalOption> {
        switch chosenTab {
        case .silent where !notReceived: []
        case .orphans where !notReceived: [.asOf, .tenant]
        default: [.asOf]
        }
    }

    private var chosenTab: DispatchLists.Tab? { DispatchLists.Tab(rawValue: tab) }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "list")
        let listing = try DispatchLists(connection: connection, context: context).tab(
            notReceived ? .notReceived : chosenTab ?? .all, userKey: user, invoiceNumber: invoice,
            withReports: withReports)
        listing.show(on: context.output, isCSV: isCSV)
        return nil
    }
}
