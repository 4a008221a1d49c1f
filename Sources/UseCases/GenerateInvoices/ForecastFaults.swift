import Dispatching
import Documents
import FoundationEssentials
import Invoicing
import Logging
import Store
package import Postgres
package import Runtime

/// Reports what will fail: runs the same prechecks ahead of time, and e-mails each creating user.
///
/// This is the warning before dispatch. Everything is created as on the day, in a transaction that
/// is rolled back; only the e-mails are kept.
package struct ForecastFaults {
    let connection: Connection
    let context: RunContext
    let terms: MessageTerms

    package init(connection: Connection, context: RunContext, terms: MessageTerms) {
        self.connection = connection
        self.context = context
        self.terms = terms
    }

    /// Forecasts the run on the day that is `days` ahead of today; returns what it would find.
    package func run(days: Int) throws -> RunSummary {
        let lines = try connection.rehearsing { try rehearse(days: days) }
        let dispatches = Dispatches(connection)
        // After that many days the forecast has come true, and the same fault is news again.
        let since = context.clock.now - Double(days) * 86_400
        let reports = FaultReports(
            dispatching: try DispatchingContext(
                connection: connection, context: context, terms: terms))
        let emails = try reports.emails(lines, occasion: .forecast, purpose: .forecast)
            .filter { try !dispatches.isNotifiedAlready($0, since: since) }
        var unwritten: [Dispatches.New] = []
        if !context.isDryRun {
            do {
                unwritten = try connection.transaction { try reports.insert(emails) }
            } catch StoreError.dispatchExists {
                throw UsageError("another forecast runs at the same time", exit: .tryAgain)
            }
        }
        return RunSummary(
            job: "generate-invoices",
            counts: [
                ("will_fail", Set(lines.map(\.dispatchID)).count),
                ("forecasts", emails.count - unwritten.count),
            ],
            failed: unwritten.count, notes: ["forecast of \(days) days: no invoice was made"])
    }

    /// The faults that the run on that day would find and has not reported yet.
    private func rehearse(days: Int) throws -> [DispatchFaults.Reportable] {
        var ahead = context
        ahead.clock = RunClock(fixed: context.clock.now + Double(days) * 86_400)
        let dispatching = try DispatchingContext(
            connection: connection, context: ahead, terms: terms, daysAhead: days)
        var counts = GenerateCounts()
        try DueAgreements(dispatching: dispatching).run(&counts)
        try AutomaticDispatches(dispatching: dispatching).run(&counts)
        let lines = try DispatchFaults(connection).unreported(
            tenantID: context.tenantID, limit: FaultReports.linesMax)
        // Resolved faults are reported by the night that finds them so.
        return ordered(lines.filter { $0.sequel == nil })
    }

    /// The lines in a fixed order, so that a repeated report is recognised; by agreement, since the
    /// numbers of rolled-back invoices go to others tomorrow.
    private func ordered(_ lines: [DispatchFaults.Reportable]) -> [DispatchFaults.Reportable] {
        func place(_ line: DispatchFaults.Reportable) -> (String, Int, String, String) {
            (
                line.recurringNumber ?? line.invoiceNumber ?? "", line.periodNumber ?? 0,
                line.copyTo ?? "", line.fault.code.rawValue
            )
        }
        return lines.sorted { place($0) < place($1) }.map { line in
            var line = line
            if line.recurringNumber != nil { line.invoiceNumber = nil }
            return line
        }
    }
}

/// Counts and logs invoices made at another time than the law requires.
struct LegalDateWarnings {
    let dispatching: DispatchingContext

    /// An outage or a pause may delay an invoice until more than a month after delivery; an
    /// interval of years makes it far ahead.
    func count(
        _ invoice: Invoice, of due: RecurringInvoices.Due, _ period: DuePeriod,
        in counts: inout GenerateCounts
    ) {
        if LegalDate.isOverdue(made: due.today, delivered: period.span.end) {
            counts.overdue += 1
            warn("issued more than a month after delivery (bokføringsforskriften § 5-2-2)")
        }
        if LegalDate.isTooFarAhead(made: due.today, delivered: period.span) {
            counts.farAhead += 1
            warn("issued more than a year ahead of delivery (bokføringsforskriften § 5-2-7)")
        }
        func warn(_ words: Logger.Message) {
            dispatching.context.log.warning(
                words,
                metadata: [
                    "tenant": "\(due.tenantID)", "agreement": "\(due.agreement.number)",
                    "invoice": "\(invoice.number)", "delivered": "\(period.span.end)",
                ])
        }
    }
}
