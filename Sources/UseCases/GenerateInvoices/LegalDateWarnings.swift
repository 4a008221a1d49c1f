import Invoicing
import Logging
import Runtime
import Store

/// Counts and logs invoices that are made at another time than the law has it.
struct LegalDateWarnings {
    let dispatching: DispatchingContext

    /// An outage or a pause may make an invoice later than a month after the delivery; an interval
    /// of years makes it far ahead.
    func note(
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
