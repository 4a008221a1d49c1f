import Bounces
import Dispatching
import FoundationEssentials
import Invoicing
package import Postgres
package import Runtime
import Store
import Wire

/// The dispatch list, the silent, the orphans, and the history of one dispatch.
package struct DispatchLists {
    private static let rowsMax = 500

    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// What can be listed, by name.
    package static let tabs =
        DispatchList.Tab.allCases.map(\.rawValue) + [
            "silent", review, "orphans", unread, notReceived, doubles,
        ]

    /// The tab of the bounces that the classifier was unsure of.
    private static let review = "review"

    /// The tab of what came back and nobody could read.
    private static let unread = "unread"

    /// The tab for the dunning run.
    package static let notReceived = "not-received"

    /// The tab of the invoices that were imported twice.
    private static let doubles = "doubles"

    /// A tab of the list, by its name.
    package func tab(
        _ name: String, userKey: String?, invoiceNumber: String?, withReports: Bool
    ) throws -> Listing {
        if name == "orphans" { return try orphans() }
        if name == Self.unread { return try unread() }
        if name == Self.review { return try uncertain() }
        if name == Self.notReceived { return try notReceived() }
        if name == Self.doubles { return try doubles() }
        guard let tab = DispatchList.Tab(rawValue: name) else { return try silent() }
        return try dispatches(
            tab: tab, userKey: userKey, invoiceNumber: invoiceNumber, withReports: withReports)
    }

    private func dispatches(
        tab: DispatchList.Tab, userKey: String?, invoiceNumber: String?, withReports: Bool
    ) throws -> Listing {
        let lines = try DispatchList(connection).lines(
            DispatchList.Filter(
                tab: tab, tenantID: context.tenantID, userKey: userKey,
                invoiceNumber: invoiceNumber, limit: context.limit ?? Self.rowsMax,
                withReports: withReports))
        return listing(lines, emptyText: "no dispatches")
    }

    /// Accepted by the provider, and nothing heard since.
    private func silent() throws -> Listing {
        let hours = Double(context.settings.reconcile.silentAfterHours)
        let lines = try DispatchList(connection).silent(
            tenantID: context.tenantID, sentBefore: context.clock.now - hours * 3_600,
            limit: context.limit ?? Self.rowsMax)
        return listing(lines, emptyText: "no silent dispatches")
    }

    private func listing(_ lines: [DispatchList.Line], emptyText: String) -> Listing {
        Listing(
            headings: [
                "tenant", "document", "customer", "to", "amount", "created", "status", "message",
                "count", "dispatch",
            ],
            rows: lines.map { line in
                [
                    "\(line.tenantID)", name(of: line), line.buyerName ?? "",
                    line.addressee, line.payable.map { "\($0) \(line.currency ?? "")" } ?? "",
                    Instant.short(line.createdAt), line.status.rawValue, line.message,
                    "\(line.dispatchCount)", line.dispatchID.uuidString.lowercased(),
                ]
            },
            emptyText: emptyText)
    }

    private func name(of line: DispatchList.Line) -> String {
        if let number = line.invoiceNumber { return number }
        if let number = line.recurringNumber {
            return "\(number) period \(line.periodNumber ?? 0)"
        }
        return line.purpose.rawValue
    }

    /// Events that fit no dispatch.
    private func orphans() throws -> Listing {
        let orphans = try DeliveryEvents(connection).orphans(
            provider: context.settings.provider.name, since: .distantPast,
            limit: context.limit ?? Self.rowsMax)
        return Listing(
            headings: ["occurred", "source", "kind", "about", "address", "text"],
            rows: orphans.map { event in
                [
                    Instant.short(event.occurredAt), event.source, event.kind.rawValue,
                    event.providerMessageID == nil ? "only an address" : "a message not ours",
                    EmailAddress(event.recipient)?.masked ?? "•••",
                    EmailAddress.masking(event.text),
                ]
            },
            emptyText: "no orphans")
    }

    /// What came back and nobody could read, for a person to read.
    private func unread() throws -> Listing {
        let reports = try UnreadReports(connection).lines(
            tenantID: context.tenantID, limit: context.limit ?? Self.rowsMax)
        return Listing(
            headings: [
                "tenant", "came", "source", "place", "reason", "beginning", "dispatch",
            ],
            rows: reports.map { report in
                [
                    "\(report.tenantID)", Instant.short(report.cameAt), report.source,
                    report.place, report.reason, EmailAddress.masking(report.beginning),
                    report.dispatchID?.uuidString.lowercased() ?? "",
                ]
            },
            emptyText: "everything that came back was read")
    }

    /// Failures that were judged on little, for a person to judge.
    private func uncertain() throws -> Listing {
        let failures = try EventClassifications(connection).uncertain(
            tenantID: context.tenantID, limit: context.limit ?? Self.rowsMax)
        return Listing(
            headings: [
                "tenant", "document", "occurred", "class", "reason", "confidence", "evidence",
                "code", "text", "dispatch",
            ],
            rows: failures.map { failure in
                [
                    "\(failure.tenantID)", failure.invoiceNumber ?? failure.purpose.rawValue,
                    Instant.short(failure.occurredAt), failure.bounceClass.rawValue,
                    failure.reason?.rawValue ?? "",
                    "\(failure.confidence)", EmailAddress.masking(failure.grounds),
                    [failure.replyCode.map(String.init), failure.enhancedCode]
                        .compactMap(\.self).joined(separator: " "),
                    EmailAddress.masking(failure.text), failure.dispatchID.uuidString.lowercased(),
                ]
            },
            emptyText: "no bounce is in doubt")
    }

    /// Invoices that must not be reminded, each with the due date that would be fair.
    private func notReceived() throws -> Listing {
        let lines = try DunningHolds(connection).lines(
            tenantID: context.tenantID, limit: context.limit ?? Self.rowsMax)
        return Listing(
            headings: [
                "tenant", "document", "customer", "amount", "due", "why", "message",
                "suggested_due",
            ],
            rows: lines.map { line in
                [
                    "\(line.tenantID)", line.invoiceNumber, line.buyerName,
                    "\(line.payable) \(line.currency)", "\(line.dueDate)", line.why,
                    line.message, "\(line.suggestedDueDate)",
                ]
            },
            emptyText: "every invoice that went out was received")
    }

    /// Imported twice, when spellings of one seller were still taken for two.
    private func doubles() throws -> Listing {
        let doubles = try ImportedInvoices(connection).doubles(
            tenantID: context.tenantID, limit: context.limit ?? Self.rowsMax)
        return Listing(
            headings: [
                "tenant", "document", "issued", "customer", "amount", "imported", "going_out",
                "invoice", "repeats",
            ],
            rows: doubles.map { double in
                [
                    "\(double.tenantID)", double.number, "\(double.issueDate)", double.buyerName,
                    "\(double.payable) \(double.currency)", Instant.short(double.createdAt),
                    double.isGoingOut ? "yes" : "no", double.invoiceID.uuidString.lowercased(),
                    double.firstInvoiceID?.uuidString.lowercased() ?? "",
                ]
            },
            emptyText: "no invoice was imported twice")
    }

    /// The dispatches that were named, each with all that happened to it.
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
    /// Whom it is to, as lists say it: no whole address, and of a copy that it is one.
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

/// Instants as lists show them: UTC, to the second.
enum Instant {
    static func short(_ date: Date) -> String {
        date.formatted(.iso8601)
    }
}
