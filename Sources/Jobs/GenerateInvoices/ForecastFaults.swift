import Documents
import FoundationEssentials
package import Invoicing
package import Postgres
package import Runtime
import Store

/// Tells what will fail: the same prechecks, run ahead, and an e-mail to each creating user.
///
/// The warning before dispatch. Everything is made as on the day, inside a transaction that is
/// rolled back; only the e-mails are kept.
package struct ForecastFaults {
    let connection: Connection
    let context: RunContext
    let limits: any MailProvider
    let sender: MailSender

    package init(
        connection: Connection, context: RunContext, limits: any MailProvider, sender: MailSender
    ) {
        self.connection = connection
        self.context = context
        self.limits = limits
        self.sender = sender
    }

    package func run(days: Int) throws -> RunSummary {
        let lines = try connection.rehearsing { try rehearse(days: days) }
        let emails = try emails(lines)
        if !context.isDryRun {
            try connection.transaction {
                try Dispatches(connection).insert(emails, now: context.clock.now)
            }
        }
        return RunSummary(
            job: "generate-invoices",
            counts: [
                ("will_fail", Set(lines.map(\.dispatchID)).count), ("forecasts", emails.count),
            ],
            failed: 0, notes: ["forecast of \(days) days: no invoice was made"])
    }

    /// The faults that the run on that day would find and has not told of yet.
    private func rehearse(days: Int) throws -> [DispatchFaults.Reportable] {
        var ahead = context
        ahead.clock = RunClock(fixed: context.clock.now + Double(days) * 86_400)
        let bench = try Workbench(
            connection: connection, context: ahead, limits: limits, sender: sender)
        var counts = GenerateCounts()
        try DueAgreements(bench: bench).run(&counts)
        try AutomaticDispatches(bench: bench).run(&counts)
        return try DispatchFaults(connection).unreported(
            tenantID: context.tenantID, limit: FaultReports.linesMax)
    }

    private func emails(_ lines: [DispatchFaults.Reportable]) throws -> [Dispatches.New] {
        let bench = try Workbench(
            connection: connection, context: context, limits: limits, sender: sender)
        return try FaultReports(bench: bench).emails(
            lines, occasion: .forecast, purpose: .forecast)
    }
}
