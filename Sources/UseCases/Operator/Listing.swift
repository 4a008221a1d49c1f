import Bounces
import Dispatching
import Documents
import FoundationEssentials
import Invoicing
import Store
import Wire
package import Postgres
package import Runtime

/// A table of results: aligned for people, one JSON object per line for programs, or CSV.
package struct Listing: Sendable {
    /// The heading above the table; nil for none.
    package var title: String?
    package var headings: [String]
    /// The cells, row by row, in the order of the headings.
    package var rows: [[String]]
    /// What is printed if there are no rows.
    package var emptyText: String

    package init(
        title: String? = nil, headings: [String], rows: [[String]], emptyText: String
    ) {
        self.title = title
        self.headings = headings
        self.rows = rows
        self.emptyText = emptyText
    }

    /// One row per line; each column is a heading and the function for its cells.
    init<Line>(
        of lines: [Line], emptyText: String, _ columns: KeyValuePairs<String, (Line) -> String>
    ) {
        self.init(
            headings: columns.map(\.key),
            rows: lines.map { line in columns.map { $0.value(line) } }, emptyText: emptyText)
    }

    /// Prints the table, as CSV or JSON if requested.
    package func show(on output: Output, isCSV: Bool) {
        if isCSV {
            output.line(Table(headings: headings, rows: rows).csv)
        } else if output.isJSON {
            for row in rows { output.line(json(row)) }
        } else {
            if let title { output.line(title) }
            output.line(rows.isEmpty ? emptyText : Table(headings: headings, rows: rows).text)
        }
    }

    private func json(_ row: [String]) -> String {
        let fields = zip(headings, row).map { heading, cell in
            "\(heading.quotedAsJSON):\(cell.quotedAsJSON)"
        }
        return "{\(fields.joined(separator: ","))}"
    }
}

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
        let lines = try Inbox(connection).notifications(
            tenantID: context.tenantID, userKey: userKey, withRead: withRead,
            limit: limit)
        let raises = try PriceNotices(connection).awaited(
            tenantID: context.tenantID, userKey: userKey, withRead: withRead,
            limit: limit)
        return listing(lines, raises, at: "when", emptyText: "no notifications")
    }

    /// The to-dos of a user, or of all users.
    package func todos(userKey: String?, withClosed: Bool) throws -> Listing {
        let lines = try Inbox(connection).todos(
            tenantID: context.tenantID, userKey: userKey, withClosed: withClosed,
            limit: limit)
        let raises = try PriceNotices(connection).awaited(
            tenantID: context.tenantID, userKey: userKey, withRead: true,
            limit: limit)
        return listing(lines, raises, at: "since", emptyText: "nothing to do")
    }

    private func listing(
        _ lines: [Inbox.Line], _ raises: [PriceNotices.Awaited], at: String, emptyText: String
    ) -> Listing {
        Listing(
            headings: ["tenant", "user", at, "document", "customer", "message", "next step"],
            rows: lines.map { line in
                [
                    "\(line.tenantID)", line.userKey, Instant.short(line.at),
                    line.invoiceNumber ?? line.recurringNumber ?? "", line.buyerName ?? "",
                    line.message, nextStep(of: line),
                ]
            } + raises.map { row(of: $0) },
            emptyText: emptyText)
    }

    private func row(of raise: PriceNotices.Awaited) -> [String] {
        let words = Explanation(
            ofIncreaseOn: raise.adjustsOn, from: raise.oldFactor, to: raise.newFactor,
            sendBy: raise.sendBy, noticeDays: raise.noticeDays, raise.language)
        return [
            "\(raise.tenantID)", raise.userKey, Instant.short(raise.askedAt), raise.agreement,
            raise.buyerName, words.summary, words.nextStep,
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

/// The explanation of a dispatch's current state for people.
enum OutcomeExplanation {
    static func of(
        state: DispatchState, delivery: Delivery, reason: String?, message: String,
        language: Language
    ) -> Explanation? {
        outcome(
            state: state, delivery: delivery, reason: reason,
            isReturned: message.hasSuffix(DispatchMessage.afterDelivery)
        ).map { Explanation(of: $0, language) }
    }

    private static func outcome(
        state: DispatchState, delivery: Delivery, reason: String?, isReturned: Bool
    ) -> ExplainedOutcome? {
        if let code = reason.flatMap(FaultCode.init), state == .failed || state == .cancelled {
            return .fault(code)
        }
        let bounceReason = reason.flatMap(BounceReason.init)
        let ownReason = reason.flatMap(DispatchReason.init)
        switch (state, delivery) {
        case (.sent, _) where ownReason == .forwardFailed: return .forwardFailed
        case (.cancelled, _): return .cancelled
        case (.failed, _) where ownReason == .givenUp: return .givenUp
        case (.queued, _) where ownReason == .postponed: return .waiting
        case (.inDoubt, _): return .inDoubt
        case (_, .blocked): return bounced(.blocked, bounceReason ?? .suppressed, isReturned)
        case (_, .softBounced): return bounced(.soft, bounceReason ?? .undetermined, isReturned)
        case (_, .hardBounced): return bounced(.hard, bounceReason ?? .userUnknown, isReturned)
        case (.failed, _): return .refused
        default: return nil
        }
    }

    private static func bounced(
        _ bounceClass: BounceClass, _ reason: BounceReason, _ isReturned: Bool
    ) -> ExplainedOutcome {
        isReturned ? .returned(bounceClass, reason) : .bounced(bounceClass, reason)
    }
}

/// The recorded runs of the programs.
package struct RunLists {
    /// The programs whose runs are recorded: those run by timers.
    package static let jobs = ["generate-invoices", "send-dispatches", "reconcile-bounces"]

    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// The last runs, newest first; `job` nil for those of all programs.
    package func runs(job: String?) throws -> Listing {
        let runs = try JobRuns(connection).latest(job: job, limit: context.limit ?? 50)
        return Listing(
            of: runs, emptyText: "no runs",
            [
                "started": { Instant.short($0.startedAt) },
                "program": { $0.job },
                "host": { $0.host },
                "ended": { $0.endedAt.map(Instant.short) ?? "no end: running, or killed" },
                "exit": { $0.exitCode.map(String.init) ?? "" },
                "summary": { $0.summary ?? "" },
            ])
    }
}
