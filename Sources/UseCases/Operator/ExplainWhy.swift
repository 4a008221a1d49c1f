import Dispatching
import Documents
import FoundationEssentials
package import Invoicing
package import Postgres
package import Runtime
import Store
import Wire

/// Explains why an invoice, an agreement, a dispatch or an address did or did not go out.
package struct ExplainWhy {
    let connection: Connection
    let context: RunContext
    let language: Language

    package init(connection: Connection, context: RunContext, language: Language) {
        self.connection = connection
        self.context = context
        self.language = language
    }

    /// Everything known about an invoice, agreement, dispatch or address; throws `UsageError` where
    /// the name is none.
    package func lines(about name: String) throws -> [String] {
        let lines =
            if name.contains("@") {
                try address(name)
            } else {
                try dispatches(name) + agreements(name)
            }
        guard !lines.isEmpty else {
            throw UsageError(
                "there is nothing called '\(name)': give an invoice's or agreement's number, six"
                    + " digits or more of a dispatch's id, or an address", exit: .badInput)
        }
        return lines
    }

    private func dispatches(_ name: String) throws -> [String] {
        let found = try DispatchLookup(connection: connection, context: context).all(name)
        guard found.isEmpty else { return found.flatMap(describe) }
        let invoices = try InvoiceReader(connection).find(
            number: name, tenantID: context.tenantID)
        return invoices.map {
            "invoice \(name) of tenant \($0.tenantID): no dispatch was made of it yet; it goes out"
                + " by the next generate-invoices if automatic dispatch is on"
        }
    }

    private func describe(_ line: DispatchList.Line) -> [String] {
        let name = line.invoiceNumber ?? line.recurringNumber ?? line.purpose.rawValue
        var lines = [
            "\(name), dispatch \(line.dispatchID.uuidString.lowercased())"
                + " of \(Instant.short(line.createdAt)): \(line.status.rawValue)"
                + (line.message.isEmpty ? "" : ": \(line.message)")
        ]
        if let explanation = OutcomeExplanation.of(
            state: line.state, delivery: line.delivery, reason: line.reason,
            message: line.message, language: language)
        {
            lines += ["  \(explanation.summary)", "  \(explanation.nextStep)"]
        }
        return lines
    }

    private func agreements(_ number: String) throws -> [String] {
        try RecurringInvoices(connection).status(
            number: number, tenantID: context.tenantID, now: context.clock.now
        ).flatMap { try [describe($0)] + faults($0) } + priceIncreases(of: number)
    }

    /// What kept the period from becoming an invoice at the last attempt.
    private func faults(_ status: RecurringInvoices.Status) throws -> [String] {
        guard status.nextDate != nil else { return [] }
        return try DispatchFaults(connection).open(
            tenantID: status.tenantID, agreement: status.number,
            period: status.nextPeriod
        ).flatMap { fault in
            let words = Explanation(of: .fault(fault.code), language)
            let cause = fault.words[language]
            let detail = cause.isEmpty ? "" : ": \(cause)"
            return ["  \(words.summary)\(detail)", "  \(words.nextStep)"]
        }
    }

    /// Why the price is still the old one.
    private func priceIncreases(of number: String) throws -> [String] {
        try PriceNotices(connection).awaited(
            tenantID: context.tenantID, agreement: number, withRead: true, limit: 100
        ).flatMap { raise in
            let words = Explanation(
                ofIncreaseOn: raise.adjustsOn, from: raise.oldFactor, to: raise.newFactor,
                sendBy: raise.sendBy, noticeDays: raise.noticeDays, language)
            return ["  \(words.summary)", "  \(words.nextStep)"]
        }
    }

    private func describe(_ status: RecurringInvoices.Status) -> String {
        let name = "agreement \(status.number) of tenant \(status.tenantID)"
        let made =
            "\(status.invoiceCount) invoices made, \(status.skippedCount) periods skipped"
        guard let date = status.nextDate, let prepareOn = status.prepareOn else {
            return "\(name): has ended; \(made)"
        }
        if let pausedFrom = status.pausedFrom, pausedFrom <= date,
            status.pausedUntil.map({ $0 >= date }) ?? true
        {
            return "\(name): is paused from \(pausedFrom); \(made)"
        }
        if prepareOn > status.today {
            return "\(name): period \(status.nextPeriod) of \(date), billed in"
                + " \(status.billed.rawValue), is not due until \(prepareOn); \(made)"
        }
        return "\(name): period \(status.nextPeriod) of \(date) is due since \(prepareOn);"
            + " it is made by the next generate-invoices, unless a fault stops it, as"
            + " budstikke preview --recurring \(status.number) --period \(status.nextPeriod)"
            + " --open-faults shows beforehand; \(made)"
    }

    private func address(_ text: String) throws -> [String] {
        guard let address = EmailAddress(text) else {
            return ["\(text): is not an e-mail address, so nothing is sent to it"]
        }
        let entries = try Suppressions(connection).entries(
            of: address.key, provider: context.settings.provider.name)
        let listed = entries.map { entry in
            "is on the provider's list \(entry.list)"
                + (entry.createdAt.map { " since \(Instant.short($0))" } ?? "")
                + ": \(entry.reason); nothing is sent to it until that is lifted"
                + " (budstikke lift)"
        }
        let dispatches = try DispatchList(connection).latest(
            recipientKey: address.key, tenantID: context.tenantID, limit: 10)
        return (listed.isEmpty ? ["is on no suppression list"] : listed)
            + dispatches.flatMap(describe)
    }
}
