import Dispatching
import FoundationEssentials
package import Invoicing
import Store
package import Postgres
package import Runtime

/// Takes away what is known about a customer, but for what has to be kept.
///
/// Source: personvernforordningen (EU) 2016/679, article 17; bokføringsloven § 13.
package struct EraseCustomer {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// What was done, and what is kept.
    package struct Answer: Sendable {
        /// Whether anything was there to be erased.
        package var isChanged: Bool
        package var kept: [Kept]
    }

    /// Something that is kept, by which law or setting, and until when.
    package struct Kept: Sendable, Hashable {
        package var what: String
        package var because: String
        /// Nil where no day is known.
        package var until: CivilDate?

        package var words: String {
            "kept: \(what), by \(because)\(until.map { ", through \($0)" } ?? "")"
        }
    }

    /// Erases the customer; refused while it has an agreement or a dispatch going on.
    package func run(
        _ number: String, tenantID: Int64, actor: String, reason: String
    ) throws -> Answer {
        guard try RetentionState(connection).mayPrune() else {
            throw UsageError(
                "this role may not erase anything: run it as the user budstikke_pruner",
                exit: .configuration)
        }
        return try connection.retrying {
            try connection.committing(unlessDry: context.isDryRun) {
                try erase(number, tenantID: tenantID, actor: actor, reason: reason)
            }
        }
    }

    private func erase(
        _ number: String, tenantID: Int64, actor: String, reason: String
    ) throws -> Answer {
        let (now, erasure) = (
            context.clock.now,
            CustomerErasure(connection, tenantID: tenantID, number: number)
        )
        guard try CustomerData(connection, tenantID: tenantID, number: number).exists() else {
            throw UsageError.noCustomer(number, tenantID)
        }
        let limits = context.settings.retention.limits(
            now: now, today: try RetentionState(connection).today(now: now),
            providerKeepsSeconds: context.settings.provider.account.logsKeptSeconds)
        let ongoing = try erasure.ongoing(silentBefore: now - Self.silentSeconds(context.settings))
        guard ongoing.isEmpty else {
            throw UsageError(
                "customer \(number) is not erased: end or cancel first"
                    + " \(ongoing.joined(separator: "; "))", exit: .badInput)
        }
        let kept = try kept(erasure, limits)
        var changes = try erasure.closeTodos(by: actor, now: now)
        // The addresses are found by the mails, so what stands by them alone goes first.
        changes += try erasure.eraseOwn() + erasure.eraseMails(now: now).count
        changes += try erasure.eraseInvoices(issuedThrough: limits.invoicesThrough, now: now).count
        changes += try erasure.forgetRecipients() + erasure.eraseAttachments()
        if changes > 0 {
            try Audits(connection).write(
                tenantID: tenantID, actor: actor, action: "erase", subject: "customer \(number)",
                reason: reason, now: now)
        }
        return Answer(isChanged: changes > 0, kept: kept)
    }

    /// How long after it was accepted nothing more is heard of a mail.
    private static func silentSeconds(_ settings: Settings) -> Double {
        Double(settings.provider.account.logsKeptSeconds ?? 30 * 86_400)
    }

    private func kept(
        _ erasure: CustomerErasure, _ limits: RetentionPolicy.Limits
    ) throws -> [Kept] {
        let policy = context.settings.retention
        var byDay: [CivilDate: Int] = [:]
        for (issuedOn, count) in try erasure.keptInvoices() where issuedOn > limits.invoicesThrough
        {
            byDay[policy.keptThrough(issuedOn: issuedOn), default: 0] += count
        }
        let invoices = byDay.sorted { $0.key < $1.key }.map { day, count in
            Kept(
                what: count == 1
                    ? "1 invoice with its parties, lines and documents"
                    : "\(count) invoices with their parties, lines and documents",
                because: "bokføringsloven § 13", until: day)
        }
        let blocks = try erasure.blocks()
        let blocked = Kept(
            what: "\(blocks) blocked \(blocks == 1 ? "address" : "addresses")",
            because: "personvernforordningen art. 6 (1) f, for as long as nothing may be sent there"
        )
        let record = Kept(what: "what people did by hand", because: "the setting retention.audit")
        return invoices + (blocks > 0 ? [blocked] : []) + [record]
    }
}
