package import Dispatching
package import FoundationEssentials
import Invoicing
package import Postgres
package import Runtime
import Store

/// Sends invoices again: a new dispatch, linked to the one before, of the same document.
///
/// Refused while one is ongoing. The recipient is the customer's address as it is now.
package struct ResendInvoices {
    let bench: Workbench

    package init(
        connection: Connection, context: RunContext, limits: MessageLimits,
        sender: MailSender
    ) throws {
        bench = try Workbench(
            connection: connection, context: context, limits: limits, sender: sender)
    }

    /// What became of one invoice.
    package struct Answer: Sendable {
        package var number: String
        package var text: String
        package var isQueued: Bool
    }

    /// Sends the invoices of a number again.
    package func invoice(_ number: String, actor: String, reason: String) throws -> [Answer] {
        let keys = try InvoiceReader(bench.connection).find(
            number: number, tenantID: bench.context.tenantID)
        guard !keys.isEmpty else {
            throw UsageError("there is no invoice '\(number)'", exit: .badInput)
        }
        guard keys.count == 1 else {
            let isOfOne = Set(keys.map(\.tenantID)).count == 1
            throw UsageError(
                "'\(number)' names \(keys.count) invoices; name one by "
                    + (isOfOne ? "the id of its dispatch" : "--tenant"), exit: .badInput)
        }
        return try keys.map { try resend($0, number: number, actor: actor, reason: reason) }
    }

    /// Sends again the document of a dispatch.
    package func dispatch(_ name: String, actor: String, reason: String) throws -> Answer {
        let line = try DispatchNaming(connection: bench.connection, context: bench.context)
            .one(name)
        guard
            let invoiceID = try Dispatches(bench.connection).invoice(
                ofDispatch: line.dispatchID, tenantID: line.tenantID)
        else {
            throw UsageError(
                "dispatch \(name) has no invoice yet: mend its faults, and the next run of"
                    + " generate-invoices makes it", exit: .badInput)
        }
        return try resend(
            (line.tenantID, invoiceID), number: line.invoiceNumber ?? name, actor: actor,
            reason: reason)
    }

    /// Sends all whose faults have been mended and that have not been sent since.
    package func allMended(actor: String, reason: String) throws -> [Answer] {
        let mended = try DispatchFaults(bench.connection).mended(
            tenantID: bench.context.tenantID, limit: bench.context.limit ?? 1_000)
        return try mended.map {
            try resend(
                ($0.tenantID, $0.invoiceID), number: $0.number, actor: actor, reason: reason)
        }
    }

    /// Sends all that failed for a reason, since a time, and that have not been sent since.
    package func allFailed(reason: String, since: Date?, actor: String) throws -> [Answer] {
        let dispatches = Dispatches(bench.connection)
        let failed = try dispatches.failed(
            reason: reason, since: since ?? .distantPast, tenantID: bench.context.tenantID,
            limit: bench.context.limit ?? 100_000)
        if failed.isEmpty {
            let reasons = try dispatches.failureReasons(tenantID: bench.context.tenantID)
            let words = reasons.map { "\($0.reason) (\($0.count))" }.joined(separator: ", ")
            throw UsageError(
                "nothing that failed for the reason '\(reason)' waits to be sent again; what there"
                    + " is: \(words.isEmpty ? "none" : words)", exit: .badInput)
        }
        return try failed.map {
            try resend(
                ($0.tenantID, $0.invoiceID), number: $0.number, actor: actor,
                reason: "failed: \(reason)")
        }
    }

    private func resend(
        _ key: (tenantID: Int64, invoiceID: UUID), number: String, actor: String, reason: String
    ) throws -> Answer {
        do {
            return try bench.transactionWithoutClash {
                try bench.logos.prepare([key.tenantID])
                return try make(key, number: number, actor: actor, reason: reason)
            }
        } catch let error as PostgresError where error.constraint == "ongoing_dispatch_once" {
            return Answer(
                number: number,
                text: "refused: a dispatch of it is ongoing; cancel that first"
                    + " (budstikke cancel \(number))", isQueued: false)
        }
    }

    private func make(
        _ key: (tenantID: Int64, invoiceID: UUID), number: String, actor: String, reason: String
    ) throws -> Answer {
        let last = try Dispatches(bench.connection).last(
            ofInvoice: key.invoiceID, tenantID: key.tenantID)
        let composed = try InvoiceDispatching(bench: bench).dispatch(
            [key],
            after: last.map { .init(dispatchID: $0.dispatchID, rootID: $0.rootID) })
        guard let new = composed.first?.new else {
            throw UsageError("invoice \(number) can't be read", exit: .badInput)
        }
        try Audits(bench.connection).write(
            tenantID: key.tenantID, actor: actor, action: "resend",
            subject: (last?.dispatchID ?? new.dispatchID).uuidString.lowercased(),
            reason: reason, now: bench.now)
        switch new.content {
        case .message, .outbox, .letter:
            if let last {
                _ = try DispatchFaults(bench.connection).markMended(
                    [(key.tenantID, last.dispatchID, [])], now: bench.now)
            }
            return Answer(
                number: number,
                text: bench.context.isDryRun
                    ? "would be queued"
                    : "queued as \(new.dispatchID.uuidString.lowercased())",
                isQueued: true)
        case .faults(_, let message), .stopped(let message):
            return Answer(number: number, text: message, isQueued: false)
        }
    }
}
