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
        func dispatches(_ statuses: [DispatchList.Status]) throws -> Listing {
            let lines = try DispatchList(connection).lines(
                DispatchList.Filter(
                    statuses: statuses, tenantID: context.tenantID, userKey: userKey,
                    invoiceNumber: invoiceNumber, limit: limit, withReports: withReports))
            return listing(lines, emptyText: "no dispatches")
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
        let lines = try DispatchList(connection).silent(
            tenantID: context.tenantID, sentBefore: context.clock.now - hours * 3_600,
            limit: limit)
        return listing(lines, emptyText: "no silent dispatches")
    }

    private func listing(_ lines: [DispatchList.Line], emptyText: String) -> Listing {
        Listing(
            of: lines, emptyText: emptyText,
            [
                "tenant": { "\($0.tenantID)" },
                "document": name,
                "customer": { $0.buyerName ?? "" },
                "to": { $0.addressee },
                "amount": { line in line.payable.map { "\($0) \(line.currency ?? "")" } ?? "" },
                "created": { Instant.short($0.createdAt) },
                "status": { $0.status.rawValue },
                "message": { $0.message },
                "count": { "\($0.dispatchCount)" },
                "dispatch": { $0.dispatchID.uuidString.lowercased() },
            ])
    }

    private func name(of line: DispatchList.Line) -> String {
        if let number = line.invoiceNumber { return number }
        if let number = line.recurringNumber {
            return "\(number) period \(line.periodNumber ?? 0)"
        }
        return line.purpose.rawValue
    }

    private func orphans() throws -> Listing {
        let orphans = try DeliveryEvents(connection).orphans(
            provider: context.settings.provider.name, since: .distantPast, limit: limit)
        return Listing(
            of: orphans, emptyText: "no orphans",
            [
                "occurred": { Instant.short($0.occurredAt) },
                "source": { $0.source },
                "kind": { $0.kind.rawValue },
                "about": {
                    $0.providerMessageID == nil ? "only an address" : "a message not ours"
                },
                "address": { EmailAddress($0.recipient)?.masked ?? "•••" },
                "text": { EmailAddress.masking($0.text) },
            ])
    }

    private func unread() throws -> Listing {
        let reports = try UnreadReports(connection).lines(
            tenantID: context.tenantID, limit: limit)
        return Listing(
            of: reports, emptyText: "everything that came back was read",
            [
                "tenant": { "\($0.tenantID)" },
                "came": { Instant.short($0.cameAt) },
                "source": { $0.source },
                "place": { $0.place },
                "reason": { $0.reason },
                "beginning": { EmailAddress.masking($0.beginning) },
                "dispatch": { $0.dispatchID?.uuidString.lowercased() ?? "" },
            ])
    }

    /// Failures classified on little evidence, for a person to check.
    private func uncertain() throws -> Listing {
        let failures = try EventClassifications(connection).uncertain(
            tenantID: context.tenantID, limit: limit)
        return Listing(
            of: failures, emptyText: "no bounce is in doubt",
            [
                "tenant": { "\($0.tenantID)" },
                "document": { $0.invoiceNumber ?? $0.purpose.rawValue },
                "occurred": { Instant.short($0.occurredAt) },
                "class": { $0.bounceClass.rawValue },
                "reason": { $0.reason?.rawValue ?? "" },
                "confidence": { "\($0.confidence)" },
                "evidence": { EmailAddress.masking($0.grounds) },
                "code": { failure in
                    [failure.replyCode.map(String.init), failure.enhancedCode]
                        .compactMap(\.self).joined(separator: " ")
                },
                "text": { EmailAddress.masking($0.text) },
                "dispatch": { $0.dispatchID.uuidString.lowercased() },
            ])
    }

    /// Invoices that must not be reminded, each with a due date that would be fair.
    private func notReceived() throws -> Listing {
        let lines = try DunningHolds(connection).lines(tenantID: context.tenantID, limit: limit)
        return Listing(
            of: lines, emptyText: "every invoice that went out was received",
            [
                "tenant": { "\($0.tenantID)" },
                "document": { $0.invoiceNumber },
                "customer": { $0.buyerName },
                "amount": { "\($0.payable) \($0.currency)" },
                "due": { "\($0.dueDate)" },
                "why": { $0.why },
                "message": { $0.message },
                "suggested_due": { "\($0.suggestedDueDate)" },
            ])
    }

    /// Imported twice, when different spellings still counted as different sellers.
    private func doubles() throws -> Listing {
        let doubles = try ImportedInvoices(connection).doubles(
            tenantID: context.tenantID, limit: limit)
        return Listing(
            of: doubles, emptyText: "no invoice was imported twice",
            [
                "tenant": { "\($0.tenantID)" },
                "document": { $0.number },
                "issued": { "\($0.issueDate)" },
                "customer": { $0.buyerName },
                "amount": { "\($0.payable) \($0.currency)" },
                "imported": { Instant.short($0.createdAt) },
                "going_out": { $0.isGoingOut ? "yes" : "no" },
                "invoice": { $0.invoiceID.uuidString.lowercased() },
                "repeats": { $0.firstInvoiceID?.uuidString.lowercased() ?? "" },
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
            return Listing(
                title:
                    "dispatch \(line.dispatchID.uuidString.lowercased()) of \(self.name(of: line))"
                    + " to \(line.addressee):"
                    + " \(line.status.rawValue), \(line.state.rawValue), \(line.delivery.rawValue):"
                    + " \(line.message)",
                headings: ["at", "what", "detail"] + (withRaw ? ["raw"] : []),
                rows: steps.map { step in
                    [Instant.short(step.at), step.what, step.detail]
                        + (withRaw ? [step.raw ?? ""] : [])
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

/// Instants as shown in lists: UTC, to the second.
enum Instant {
    static func short(_ date: Date) -> String {
        date.formatted(.iso8601)
    }
}
