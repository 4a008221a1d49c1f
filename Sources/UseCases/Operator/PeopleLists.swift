import Bounces
import Dispatching
import Documents
import FoundationEssentials
import Invoicing
import Store
package import Postgres
package import Runtime

/// The bell and the to-do list, each line with its explanation in the user's language.
package struct PeopleLists {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    private var limit: Int { context.limit ?? 500 }

    /// The notifications of a user, or of all users.
    package func notifications(userKey: String?, withRead: Bool) throws -> Listing {
        try checkUser(userKey)
        let (inbox, notices) = (Inbox(connection), PriceNotices(connection))
        let lines = try inbox.notifications(
            tenantID: context.tenantID, userKey: userKey, withRead: withRead, limit: limit)
        let raises = try notices.awaited(
            tenantID: context.tenantID, userKey: userKey, withRead: withRead, limit: limit)
        return try listing(lines, raises, at: "created_at", emptyText: "no notifications") {
            try inbox.notificationCount(
                tenantID: context.tenantID, userKey: userKey, withRead: withRead)
                + notices.awaitedCount(
                    tenantID: context.tenantID, userKey: userKey, withRead: withRead)
        }
    }

    /// The to-dos of a user, or of all users.
    package func todos(userKey: String?, withClosed: Bool) throws -> Listing {
        try checkUser(userKey)
        let (inbox, notices) = (Inbox(connection), PriceNotices(connection))
        let lines = try inbox.todos(
            tenantID: context.tenantID, userKey: userKey, withClosed: withClosed, limit: limit)
        let raises = try notices.awaited(
            tenantID: context.tenantID, userKey: userKey, withRead: true, limit: limit)
        return try listing(lines, raises, at: "opened_at", emptyText: "nothing to do") {
            try inbox.todoCount(
                tenantID: context.tenantID, userKey: userKey, withClosed: withClosed)
                + notices.awaitedCount(
                    tenantID: context.tenantID, userKey: userKey, withRead: true)
        }
    }

    private func checkUser(_ key: String?) throws {
        try NamedUser.check(key, connection, context)
    }

    private func listing(
        _ lines: [Inbox.Line], _ raises: [PriceNotices.Awaited], at: String, emptyText: String,
        total: () throws -> Int
    ) throws -> Listing {
        let isWhole = lines.count < limit && raises.count < limit
        return Listing(
            keys: ["tenant", "user", at, "document", "customer", "message", "next_step"],
            rows: (lines.map(row) + raises.map(row)).prefix(limit).map(\.self),
            emptyText: emptyText, total: isWhole ? lines.count + raises.count : try total())
    }

    private func row(of line: Inbox.Line) -> [ResultValue] {
        [
            .number(line.tenantID), .text(line.userKey), .instant(line.at),
            .some(line.invoiceNumber ?? line.recurringNumber), .some(line.buyerName),
            .text(line.message), .some(nextStep(of: line)),
        ]
    }

    private func row(of raise: PriceNotices.Awaited) -> [ResultValue] {
        let words = Explanation(
            ofIncreaseOn: raise.adjustsOn, from: raise.oldFactor, to: raise.newFactor,
            sendBy: raise.sendBy, noticeDays: raise.noticeDays, raise.language)
        return [
            .number(raise.tenantID), .text(raise.userKey), .instant(raise.askedAt),
            .text(raise.agreement), .text(raise.buyerName), .text(words.summary),
            .text(words.nextStep),
        ]
    }

    private func nextStep(of line: Inbox.Line) -> String {
        OutcomeExplanation.of(
            state: line.state, delivery: line.delivery, reason: line.reason,
            message: line.message, language: line.language)?
            .nextStep ?? ""
    }

    /// Marks the notifications of a user, or of all users, as read.
    package func markRead(userKey: String?) throws {
        try connection.committing(unlessDry: context.isDryRun) {
            _ = try Inbox(connection).markRead(
                tenantID: context.tenantID, userKey: userKey, now: context.clock.now)
            try PriceNotices(connection).markRead(
                tenantID: context.tenantID, userKey: userKey, now: context.clock.now)
        }
    }

    /// Closes a to-do by hand; throws `UsageError` where there is none.
    package func dismiss(_ name: String, actor: String, reason: String) throws {
        let line = try DispatchLookup(connection: connection, context: context).one(name)
        let now = context.clock.now
        try connection.committing(unlessDry: context.isDryRun) {
            let closed = try Notifications(connection).closeTodos(
                [DispatchKey(line.tenantID, line.dispatchID)], by: actor, now: now)
            guard closed > 0 else {
                throw UsageError("there is no open to-do of '\(name)'", exit: .badInput)
            }
            try Audits(connection).write(
                tenantID: line.tenantID, actor: actor, action: "dismiss",
                subject: line.dispatchID.uuidString.lowercased(), reason: reason, now: now)
        }
    }
}
