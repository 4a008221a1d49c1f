import Dispatching
import Invoicing
import Store
package import FoundationEssentials
package import Postgres
package import Runtime

/// Sends invoices again: a new dispatch of the same document, linked to the one before.
///
/// Refused while one is ongoing. The recipient is the customer's current address. An invoice goes
/// to its main recipient, and as a copy to those who have had none; a named copy goes again as a
/// copy.
package struct ResendInvoices {
    let dispatching: DispatchingContext

    package init(connection: Connection, context: RunContext, terms: MessageTerms) throws {
        dispatching = try DispatchingContext(
            connection: connection, context: context, terms: terms)
    }

    /// The result for one invoice.
    package struct Answer: Sendable {
        /// The invoice number.
        package var number: String
        /// The result as a sentence.
        package var text: String
        /// Whether a new dispatch was queued.
        package var isQueued: Bool

        /// Prints it.
        package func show(on output: Output, isDryRun: Bool) {
            output.tell(
                "\(number): \(text)", .deed(number, text, isDone: isQueued, isDryRun: isDryRun))
        }
    }

    /// Sends the invoices with a number again.
    package func invoice(_ number: String, actor: String, reason: String) throws -> [Answer] {
        let keys = try InvoiceReader(dispatching.connection).find(
            number: number, tenantID: dispatching.context.tenantID)
        guard !keys.isEmpty else {
            throw UsageError("there is no invoice '\(number)'", exit: .badInput)
        }
        guard keys.count == 1 else {
            let isOfOne = Set(keys.map(\.tenantID)).count == 1
            throw UsageError(
                "'\(number)' names \(keys.count) invoices; name one by "
                    + (isOfOne ? "the id of its dispatch" : "--tenant"), exit: .badInput)
        }
        return try keys.map { key in
            try resend(
                Wanted(
                    order: .init(key), number: number,
                    last: try Dispatches(dispatching.connection).last(
                        ofInvoice: key.invoiceID, tenantID: key.tenantID
                    ).map { .init(dispatchID: $0.dispatchID, rootID: $0.rootID) }),
                actor: actor, reason: reason)
        }
    }

    /// Sends the document of a dispatch again, to the same recipient.
    package func dispatch(_ name: String, actor: String, reason: String) throws -> Answer {
        let line = try DispatchLookup(
            connection: dispatching.connection, context: dispatching.context
        )
        .one(name)
        guard
            let newest = try Dispatches(dispatching.connection).newest(
                ofChain: line.rootID, tenantID: line.tenantID)
        else {
            throw UsageError(
                "dispatch \(name) has no invoice yet: mend its faults, and the next run of"
                    + " generate-invoices makes it", exit: .badInput)
        }
        return try resend(Wanted(newest), actor: actor, reason: reason)
    }

    /// Sends all whose faults have been resolved and that have not been sent since.
    package func allResolved(actor: String, reason: String) throws -> [Answer] {
        let mended = try DispatchFaults(dispatching.connection).mended(
            tenantID: dispatching.context.tenantID, limit: dispatching.context.limit ?? 1_000)
        return try mended.map { try resend(Wanted($0), actor: actor, reason: reason) }
    }

    /// Sends all that failed for a reason, since a time, and that have not been sent since.
    package func allFailed(reason: String, since: Date?, actor: String) throws -> [Answer] {
        let dispatches = Dispatches(dispatching.connection)
        let failed = try dispatches.failed(
            reason: reason, since: since ?? .distantPast, tenantID: dispatching.context.tenantID,
            limit: dispatching.context.limit ?? 100_000)
        if failed.isEmpty {
            let reasons = try dispatches.failureReasons(tenantID: dispatching.context.tenantID)
            let words = reasons.map { "\($0.reason) (\($0.count))" }.joined(separator: ", ")
            throw UsageError(
                "nothing that failed for the reason '\(reason)' waits to be sent again; what there"
                    + " is: \(words.isEmpty ? "none" : words)", exit: .badInput)
        }
        return try failed.map {
            try resend(Wanted($0), actor: actor, reason: "failed: \(reason)")
        }
    }

    /// What is to be sent again, and the dispatch it follows.
    private struct Wanted {
        var order: InvoiceDispatching.Order
        var number: String
        var last: InvoiceDispatching.Predecessor?

        init(
            order: InvoiceDispatching.Order, number: String,
            last: InvoiceDispatching.Predecessor?
        ) {
            (self.order, self.number, self.last) = (order, number, last)
        }

        init(_ dispatch: Dispatches.OfInvoice) {
            order = InvoiceDispatching.Order(dispatch)
            number = dispatch.invoiceNumber
            last = .init(dispatchID: dispatch.dispatchID, rootID: dispatch.rootID)
        }
    }

    private func resend(_ wanted: Wanted, actor: String, reason: String) throws -> Answer {
        do {
            // Drawing a logo takes seconds, which no transaction should wait for; a dry run stores
            // no drawing.
            let isRehearsal = dispatching.context.isDryRun
            if !isRehearsal { try dispatching.logos.prepare([wanted.order.tenantID]) }
            return try dispatching.transactionWithoutClash {
                if isRehearsal { try dispatching.logos.prepare([wanted.order.tenantID]) }
                return try queue(wanted, actor: actor, reason: reason)
            }
        } catch StoreError.alreadyOngoing {
            return Answer(
                number: wanted.number,
                text: "refused: a dispatch of it is ongoing; cancel that first"
                    + " (budstikke cancel \(wanted.number))", isQueued: false)
        }
    }

    private func queue(_ wanted: Wanted, actor: String, reason: String) throws -> Answer {
        let (number, tenantID) = (wanted.number, wanted.order.tenantID)
        let pruned = try RetentionState(dispatching.connection).prunedAt(
            tenantID: tenantID, invoiceID: wanted.order.invoiceID)
        guard pruned == nil else {
            return Answer(
                number: number,
                text: "refused: its document is no longer kept (budstikke prune)", isQueued: false)
        }
        let composed = try InvoiceDispatching(dispatching: dispatching).compose(
            [wanted.order], after: wanted.last)
        guard let dispatches = composed.first?.dispatches else {
            throw UsageError("invoice \(number) can't be read", exit: .badInput)
        }
        guard let new = dispatches.first?.new else {
            return Answer(
                number: number,
                text: "refused: the customer no longer has copies sent to that address, nor to"
                    + " another that has got none", isQueued: false)
        }
        try DispatchWriter(connection: dispatching.connection, now: dispatching.now).write(
            dispatches)
        try Audits(dispatching.connection).write(
            tenantID: tenantID, actor: actor, action: "resend",
            subject: (wanted.last?.dispatchID ?? new.dispatchID).uuidString.lowercased(),
            reason: reason, now: dispatching.now)
        guard new.content.goesOut else {
            return Answer(number: number, text: new.text, isQueued: false)
        }
        if let last = wanted.last {
            _ = try DispatchFaults(dispatching.connection).markResolved(
                [(tenantID, last.dispatchID, [])], now: dispatching.now)
        }
        return Answer(
            number: number,
            text: dispatching.context.isDryRun
                ? "would be queued" : "queued as \(new.dispatchID.uuidString.lowercased())",
            isQueued: true)
    }
}
