package import Invoicing
package import Postgres
package import Runtime
import Store

/// Closes the to-do of a price increase by hand: its notice was sent, or none will be.
package struct ClosePriceNotice {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// Records that the notice was sent, on a day or today, and returns the consequences as text.
    package func sent(
        agreement: String, on day: CivilDate?, actor: String, reason: String
    ) throws -> String {
        let raise = try awaited(agreement)
        return try connection.committing(unlessDry: context.isDryRun) {
            let recorded = try PriceNotices(connection).recordSent(
                raise, on: day, now: context.clock.now)
            guard let recorded else {
                throw UsageError(
                    "--sent-on \(day?.description ?? ""): is still to come", exit: .badInput)
            }
            try audit(raise, "notice", actor, "sent on \(recorded): \(reason)")
            let holds = max(raise.adjustsOn, recorded.adding(days: raise.noticeDays))
            return "notice sent on \(recorded); periods that begin on \(holds) or later have the"
                + " new price"
        }
    }

    /// Records that no notice will be sent: the old price stays until the next adjustment.
    package func dismissed(agreement: String, actor: String, reason: String) throws -> String {
        let raise = try awaited(agreement)
        return try connection.committing(unlessDry: context.isDryRun) {
            guard
                try PriceNotices(connection).dismiss(raise, by: actor, now: context.clock.now)
            else { throw Self.nothingAwaited(agreement) }
            try audit(raise, "dismiss", actor, reason)
            return "no notice will be sent; the old price stays until the next adjustment"
        }
    }

    private func awaited(_ agreement: String) throws -> PriceNotices.Awaited {
        let raises = try PriceNotices(connection).awaited(
            tenantID: context.tenantID, agreement: agreement, withRead: true, limit: 2)
        guard let raise = raises.first else { throw Self.nothingAwaited(agreement) }
        guard raises.count == 1 else {
            throw UsageError(
                "agreement '\(agreement)' awaits notice with several tenants: say --tenant",
                exit: .badInput)
        }
        return raise
    }

    private static func nothingAwaited(_ agreement: String) -> UsageError {
        UsageError(
            "agreement '\(agreement)' awaits no notice; budstikke todo lists those that do",
            exit: .badInput)
    }

    private func audit(
        _ raise: PriceNotices.Awaited, _ action: String, _ actor: String, _ reason: String
    ) throws {
        try Audits(connection).write(
            tenantID: raise.tenantID, actor: actor, action: action,
            subject: "raise of \(raise.agreement) on \(raise.adjustsOn)", reason: reason,
            now: context.clock.now)
    }
}
