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

    /// Something known about a name: sentences for people, the same as members for programs.
    package struct Finding: Sendable {
        /// The first sentence; further ones are indented below it.
        package var lines: [String]
        /// What programs read, beginning with its `kind`.
        package var object: ResultObject
    }

    /// Everything known about an invoice, agreement, dispatch or address, as sentences; throws
    /// `UsageError` where the name is none.
    package func lines(about name: String) throws -> [String] {
        try findings(about: name).flatMap { finding in
            finding.lines.prefix(1) + finding.lines.dropFirst().map { "  \($0)" }
        }
    }

    /// Everything known about an invoice, agreement, dispatch or address; throws `UsageError` where
    /// the name is none.
    package func findings(about name: String) throws -> [Finding] {
        let findings =
            if name.contains("@") {
                try address(name)
            } else {
                try dispatches(name) + agreements(name) + holds(name)
            }
        guard !findings.isEmpty else {
            throw UsageError(
                "there is nothing called '\(name)': give an invoice's or agreement's number, six"
                    + " digits or more of a dispatch's id, or an address", exit: .badInput)
        }
        return findings
    }

    private func time(_ date: Date) -> String {
        Instant.short(date, context.output.times)
    }

    private func dispatches(_ name: String) throws -> [Finding] {
        let found = try DispatchLookup(connection: connection, context: context).all(name)
        guard found.isEmpty else { return try found.map(describe) }
        let invoices = try InvoiceReader(connection).find(
            number: name, tenantID: context.tenantID)
        return try invoices.map {
            let pruned = try RetentionState(connection).prunedAt(
                tenantID: $0.tenantID, invoiceID: $0.invoiceID)
            let words =
                pruned.map { "was pruned at \(time($0)): only its number and amounts are kept" }
                ?? "no dispatch was made of it yet; it goes out by the next generate-invoices if"
                + " automatic dispatch is on"
            return Finding(
                lines: ["invoice \(name) of tenant \($0.tenantID): \(words)"],
                object: [
                    "kind": "invoice", "tenant": .number($0.tenantID), "document": .text(name),
                    "message": .text(words),
                ])
        }
    }

    /// What is decided about the tenants of what waits.
    private func holds(_ name: String) throws -> [Finding] {
        let waiting = try DispatchLookup(connection: connection, context: context).all(name)
            .filter { $0.state == .queued }.map(\.tenantID)
        let due = try RecurringInvoices(connection).status(
            number: name, tenantID: context.tenantID, now: context.clock.now
        ).filter { $0.nextDate != nil }.map(\.tenantID)
        let controls = TenantControls(connection)
        return try Set(waiting + due).sorted().compactMap { tenantID in
            let status = try controls.all(tenantID: tenantID, now: context.clock.now).first
            guard let hold = status?.hold, hold == .suspended || waiting.contains(tenantID) else {
                return nil
            }
            let words = "waits \(hold.words(of: tenantID))"
            return Finding(
                lines: ["tenant \(tenantID): \(words)"],
                object: [
                    "kind": "tenant", "tenant": .number(tenantID),
                    "message": .text(words),
                ])
        }
    }

    private func describe(_ line: DispatchList.Line) throws -> Finding {
        let name = line.invoiceNumber ?? line.recurringNumber ?? line.purpose.rawValue
        let explanation = OutcomeExplanation.of(
            state: line.state, delivery: line.delivery, reason: line.reason,
            message: line.message, language: language)
        let pruned = try RetentionState(connection).prunedAt(
            tenantID: line.tenantID, dispatchID: line.dispatchID)
        return Finding(
            lines: [
                "\(name), dispatch \(line.dispatchID.uuidString.lowercased())"
                    + " of \(time(line.createdAt)): \(line.status.rawValue)"
                    + (line.message.isEmpty ? "" : ": \(line.message)")
            ] + (explanation.map { [$0.summary, $0.nextStep] } ?? [])
                + (pruned.map { ["pruned at \(time($0)): \(Self.prunedWords)"] } ?? []),
            object: [
                "kind": "dispatch", "tenant": .number(line.tenantID), "document": .text(name),
                "dispatch": .id(line.dispatchID), "created_at": .instant(line.createdAt),
                "status": .text(line.status.rawValue), "message": .some(line.message),
                "summary": .some(explanation?.summary), "next_step": .some(explanation?.nextStep),
                "pruned_at": .some(pruned),
            ])
    }

    private static let prunedWords =
        "its address, its words and what was said of it are no longer kept"

    private func agreements(_ number: String) throws -> [Finding] {
        try RecurringInvoices(connection).status(
            number: number, tenantID: context.tenantID, now: context.clock.now
        ).flatMap { try [describe($0)] + faults($0) } + priceIncreases(of: number)
    }

    /// What kept the period from becoming an invoice at the last attempt.
    private func faults(_ status: RecurringInvoices.Status) throws -> [Finding] {
        guard status.nextDate != nil else { return [] }
        return try DispatchFaults(connection).open(
            tenantID: status.tenantID, agreement: status.number,
            period: status.nextPeriod
        ).map { fault in
            let words = Explanation(of: .fault(fault.code), language)
            let cause = fault.words[language]
            let detail = cause.isEmpty ? "" : ": \(cause)"
            return Finding(
                lines: ["  \(words.summary)\(detail)", words.nextStep],
                object: [
                    "kind": "fault", "tenant": .number(status.tenantID),
                    "agreement": .text(status.number), "fault": .text(fault.code.rawValue),
                    "detail": .some(cause), "summary": .text(words.summary),
                    "next_step": .text(words.nextStep),
                ])
        }
    }

    /// Why the price is still the old one.
    private func priceIncreases(of number: String) throws -> [Finding] {
        try PriceNotices(connection).awaited(
            tenantID: context.tenantID, agreement: number, withRead: true, limit: 100
        ).map { raise in
            let words = Explanation(
                ofIncreaseOn: raise.adjustsOn, from: raise.oldFactor, to: raise.newFactor,
                sendBy: raise.sendBy, noticeDays: raise.noticeDays, language)
            return Finding(
                lines: ["  \(words.summary)", words.nextStep],
                object: [
                    "kind": "price_notice", "tenant": .number(raise.tenantID),
                    "agreement": .text(raise.agreement), "summary": .text(words.summary),
                    "next_step": .text(words.nextStep),
                ])
        }
    }

    private func describe(_ status: RecurringInvoices.Status) -> Finding {
        let made =
            "\(status.invoiceCount) invoices made, \(status.skippedCount) periods skipped"
        let words = words(of: status)
        return Finding(
            lines: ["agreement \(status.number) of tenant \(status.tenantID): \(words); \(made)"],
            object: [
                "kind": "agreement", "tenant": .number(status.tenantID),
                "agreement": .text(status.number), "message": .text(words),
                "next_period": status.nextDate == nil ? .none : .number(status.nextPeriod),
                "next_date": .some(status.nextDate.map { "\($0)" }),
                "prepare_date": .some(status.prepareOn.map { "\($0)" }),
                "invoices": .number(status.invoiceCount),
                "periods_skipped": .number(status.skippedCount),
            ])
    }

    private func words(of status: RecurringInvoices.Status) -> String {
        guard let date = status.nextDate, let prepareOn = status.prepareOn else {
            return "has ended"
        }
        if let pausedFrom = status.pausedFrom, pausedFrom <= date,
            status.pausedUntil.map({ $0 >= date }) ?? true
        {
            return "is paused from \(pausedFrom)"
        }
        if prepareOn > status.today {
            return "period \(status.nextPeriod) of \(date), billed in"
                + " \(status.billed.rawValue), is not due until \(prepareOn)"
        }
        return "period \(status.nextPeriod) of \(date) is due since \(prepareOn);"
            + " it is made by the next generate-invoices, unless a fault stops it, as"
            + " budstikke preview --recurring \(status.number) --period \(status.nextPeriod)"
            + " --open-faults shows beforehand"
    }

    private func address(_ text: String) throws -> [Finding] {
        guard let address = EmailAddress(text) else {
            return [
                Finding(
                    lines: ["\(text): is not an e-mail address, so nothing is sent to it"],
                    object: ["kind": "no_address", "address": .text(text)])
            ]
        }
        let entries = try Suppressions(connection).entries(
            of: address.key, provider: context.settings.provider.name)
        let listed = entries.map { entry in
            Finding(
                lines: [
                    "is on the provider's list \(entry.list)"
                        + (entry.createdAt.map { " since \(time($0))" } ?? "")
                        + ": \(entry.reason); nothing is sent to it until that is lifted"
                        + " (budstikke lift)"
                ],
                object: [
                    "kind": "suppression", "address": .text(address.text),
                    "list": .text(entry.list), "created_at": .some(entry.createdAt),
                    "reason": .text(entry.reason),
                ])
        }
        let dispatches = try DispatchList(connection).latest(
            recipientKey: address.key, tenantID: context.tenantID, limit: 10)
        let free = Finding(
            lines: ["is on no suppression list"],
            object: ["kind": "no_suppression", "address": .text(address.text)])
        return try (listed.isEmpty ? [free] : listed) + dispatches.map(describe)
    }
}
