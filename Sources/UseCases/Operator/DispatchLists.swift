import Bounces
import Dispatching
import FoundationEssentials
import Invoicing
package import Postgres
package import Runtime
import Store
import Wire

/// The dispatch list and its special views, and the history of one dispatch.
package struct DispatchLists {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    private var limit: Int { context.limit ?? 500 }

    /// A view of the dispatch list.
    package enum Tab: String, Sendable, CaseIterable {
        /// Every dispatch.
        case all
        /// Those of one user, who has to be named.
        case mine
        /// Those that are pending or ongoing.
        case ongoing
        /// Those that failed.
        case failed
        /// Those that were completed or cancelled.
        case done
        /// Accepted by the provider, and nothing heard since.
        case silent
        /// Bounces with an uncertain classification.
        case review
        /// Events that match no dispatch.
        case orphans
        /// Reports that could not be parsed.
        case unread
        /// Invoices that the dunning run must leave alone.
        case notReceived = "not-received"
        /// Invoices that were imported twice.
        case doubles
    }

    /// A view of the list; user, invoice and reports apply only to views of dispatches.
    package func tab(
        _ tab: Tab, userKey: String?, invoiceNumber: String?, withReports: Bool
    ) throws -> Listing {
        try NamedUser.check(userKey, connection, context)
        func dispatches(_ statuses: [DispatchList.Status]) throws -> Listing {
            let filter = DispatchList.Filter(
                statuses: statuses, tenantID: context.tenantID, userKey: userKey,
                invoiceNumber: invoiceNumber, limit: limit, withReports: withReports)
            let list = DispatchList(connection)
            return try listing(
                try list.lines(filter), emptyText: "no dispatches",
                total: { try list.count(filter) })
        }
        switch tab {
        case .all, .mine: return try dispatches(DispatchList.Status.allCases)
        case .ongoing: return try dispatches([.pending, .ongoing])
        case .failed: return try dispatches([.failed])
        case .done: return try dispatches([.completed, .cancelled])
        case .silent: return try silent()
        case .review: return try uncertain()
        case .orphans: return try orphans()
        case .unread: return try unread()
        case .notReceived: return try notReceived()
        case .doubles: return try doubles()
        }
    }

    private func silent() throws -> Listing {
        let hours = Double(context.settings.reconcile.silentAfterHours)
        let (list, before) = (DispatchList(connection), context.clock.now - hours * 3_600)
        return try listing(
            try list.silent(tenantID: context.tenantID, sentBefore: before, limit: limit),
            emptyText: "no silent dispatches",
            total: { try list.silentCount(tenantID: context.tenantID, sentBefore: before) })
    }

    private func listing(
        _ lines: [DispatchList.Line], emptyText: String, total: () throws -> Int
    ) throws -> Listing {
        try Listing(
            of: lines, limit: limit, total: total, emptyText: emptyText,
            [
                "tenant": { .number($0.tenantID) },
                "document": { .text(name(of: $0)) },
                "customer": { .some($0.buyerName) },
                "to": { .text($0.addressee) },
                "amount": { Self.money($0.payable, $0.currency) },
                "created_at": { .instant($0.createdAt) },
                "status": { .text($0.status.rawValue) },
                "message": { .text($0.message) },
                "count": { .number($0.dispatchCount) },
                "dispatch": { .id($0.dispatchID) },
            ])
    }

    private static func money(_ amount: Money?, _ currency: String?) -> ResultValue {
        amount.map { .money("\($0)", currency: currency ?? "") } ?? .none
    }

    private func name(of line: DispatchList.Line) -> String {
        if let number = line.invoiceNumber { return number }
        if let number = line.recurringNumber {
            return "\(number) period \(line.periodNumber ?? 0)"
        }
        return line.purpose.rawValue
    }

    private func orphans() throws -> Listing {
        let (events, provider) = (DeliveryEvents(connection), context.settings.provider.name)
        return try Listing(
            of: try events.orphans(provider: provider, since: .distantPast, limit: limit),
            limit: limit, total: { try events.orphanCount(provider: provider) },
            emptyText: "no orphans",
            [
                "occurred_at": { .instant($0.occurredAt) },
                "source": { .text($0.source) },
                "kind": { .text($0.kind.rawValue) },
                "about": {
                    $0.providerMessageID == nil ? "only an address" : "a message not ours"
                },
                "address": { .text(EmailAddress($0.recipient)?.masked ?? "•••") },
                "text": { .text(EmailAddress.masking($0.text)) },
            ])
    }

    private func unread() throws -> Listing {
        let reports = UnreadReports(connection)
        return try Listing(
            of: try reports.lines(tenantID: context.tenantID, limit: limit), limit: limit,
            total: { try reports.lineCount(tenantID: context.tenantID) },
            emptyText: "everything that came back was read",
            [
                "tenant": { .number($0.tenantID) },
                "came_at": { .instant($0.cameAt) },
                "source": { .text($0.source) },
                "place": { .text($0.place) },
                "reason": { .text($0.reason) },
                "beginning": { .text(EmailAddress.masking($0.beginning)) },
                "dispatch": { .some($0.dispatchID) },
            ])
    }

    /// Failures classified on little evidence, for a person to check.
    private func uncertain() throws -> Listing {
        let events = EventClassifications(connection)
        return try Listing(
            of: try events.uncertain(tenantID: context.tenantID, limit: limit), limit: limit,
            total: { try events.uncertainCount(tenantID: context.tenantID) },
            emptyText: "no bounce is in doubt",
            [
                "tenant": { .number($0.tenantID) },
                "document": { .text($0.invoiceNumber ?? $0.purpose.rawValue) },
                "occurred_at": { .instant($0.occurredAt) },
                "class": { .text($0.bounceClass.rawValue) },
                "reason": { .some($0.reason?.rawValue) },
                "confidence": { .real($0.confidence) },
                "evidence": { .text(EmailAddress.masking($0.grounds)) },
                "reply_code": { .some($0.replyCode) },
                "enhanced_code": { .some($0.enhancedCode) },
                "text": { .text(EmailAddress.masking($0.text)) },
                "dispatch": { .id($0.dispatchID) },
            ])
    }

    /// Invoices that must not be reminded, each with a due date that would be fair.
    private func notReceived() throws -> Listing {
        let holds = DunningHolds(connection)
        return try Listing(
            of: try holds.lines(tenantID: context.tenantID, limit: limit), limit: limit,
            total: { try holds.count(tenantID: context.tenantID) },
            emptyText: "every invoice that went out was received",
            [
                "tenant": { .number($0.tenantID) },
                "document": { .text($0.invoiceNumber) },
                "customer": { .text($0.buyerName) },
                "amount": { Self.money($0.payable, $0.currency) },
                "due_date": { .text("\($0.dueDate)") },
                "why": { .text($0.why) },
                "message": { .text($0.message) },
                "suggested_due_date": { .text("\($0.suggestedDueDate)") },
            ])
    }

    /// Imported twice, when different spellings still counted as different sellers.
    private func doubles() throws -> Listing {
        let invoices = ImportedInvoices(connection)
        return try Listing(
            of: try invoices.doubles(tenantID: context.tenantID, limit: limit), limit: limit,
            total: { try invoices.doubleCount(tenantID: context.tenantID) },
            emptyText: "no invoice was imported twice",
            [
                "tenant": { .number($0.tenantID) },
                "document": { .text($0.number) },
                "issue_date": { .text("\($0.issueDate)") },
                "customer": { .text($0.buyerName) },
                "amount": { Self.money($0.payable, $0.currency) },
                "created_at": { .instant($0.createdAt) },
                "going_out": { .flag($0.isGoingOut) },
                "invoice": { .id($0.invoiceID) },
                "repeats": { .some($0.firstInvoiceID) },
            ])
    }

    /// The dispatches with that name, each with its whole history.
    package func history(of name: String, withRaw: Bool) throws -> [Listing] {
        let lines = try DispatchLookup(connection: connection, context: context).all(name)
        guard !lines.isEmpty else {
            throw UsageError("there is no dispatch '\(name)'", exit: .badInput)
        }
        return try lines.map { line in
            let steps = try DispatchHistory(connection).steps(
                tenantID: line.tenantID, dispatchID: line.dispatchID)
            let name = self.name(of: line)
            return Listing(
                title:
                    "dispatch \(line.dispatchID.uuidString.lowercased()) of \(name)"
                    + " to \(line.addressee):"
                    + " \(line.status.rawValue), \(line.state.rawValue), \(line.delivery.rawValue):"
                    + " \(line.message)",
                subject: [
                    "tenant": .number(line.tenantID), "dispatch": .id(line.dispatchID),
                    "document": .text(name), "to": .text(line.addressee),
                    "status": .text(line.status.rawValue), "state": .text(line.state.rawValue),
                    "delivery": .text(line.delivery.rawValue), "message": .text(line.message),
                ],
                keys: ["at", "what", "detail"] + (withRaw ? ["raw"] : []),
                rows: steps.map { step in
                    [.instant(step.at), .text(step.what), .some(step.detail)]
                        + (withRaw ? [.some(step.raw)] : [])
                },
                emptyText: "nothing happened")
        }
    }
}

extension DispatchList.Line {
    /// The recipient as shown in lists: no full address, and whether it is a copy.
    var addressee: String {
        let masked =
            switch (channel, recipient) {
            case (_, nil): "nobody"
            case (.email, let address?): EmailAddress(address)?.masked ?? "•••"
            case (.ehf, let address?): address
            case (.print, _): "a letter"
            }
        return role == .copy ? "copy: \(masked)" : masked
    }
}

/// Instants in sentences, to the second.
enum Instant {
    static func short(_ date: Date, _ times: TimeStyle = .rfc3339) -> String {
        times.text(date)
    }
}
