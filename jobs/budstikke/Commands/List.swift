import ArgumentParser
import Jobs
import Runtime
import Store

/// Utsendingslisten.
struct List: BudstikkeCommand {
    static let configuration = CommandConfiguration(
        abstract: "The dispatch list: the last dispatch of each document.")

    @OptionGroup var global: GlobalOptions

    @Argument(help: "all, mine, ongoing, failed or done; also silent and orphans.")
    var tab = "all"

    @Option(help: "Whose, for the tab mine.")
    var user: String?

    @Option(help: "Only this invoice number.")
    var invoice: String?

    @Flag(name: .customLong("csv"), help: "Print as CSV.")
    var isCSV = false

    @Flag(help: "Also the e-mails to users about their dispatches.")
    var withReports = false

    private static let tabs = DispatchList.Tab.allCases.map(\.rawValue) + ["silent", "orphans"]

    func validate() throws {
        guard Self.tabs.contains(tab) else {
            throw ValidationError("'\(tab)' is not one of \(Self.tabs.joined(separator: ", "))")
        }
        if tab == "mine", user == nil { throw ValidationError("the tab mine takes --user") }
    }

    func run(_ context: RunContext) throws -> RunSummary? {
        let connection = try Installation.connect(context, program: "list")
        let lists = DispatchLists(connection: connection, context: context)
        let listing: Listing =
            if tab == "orphans" {
                try lists.orphans()
            } else if let tab = DispatchList.Tab(rawValue: tab) {
                try lists.dispatches(
                    tab: tab, userKey: user, invoiceNumber: invoice, withReports: withReports)
            } else {
                try lists.silent()
            }
        listing.show(on: context.output, isCSV: isCSV)
        return nil
    }
}
