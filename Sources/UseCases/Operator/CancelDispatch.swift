import Bounces
import Dispatching
import FoundationEssentials
import Store
package import Postgres
package import Runtime

/// Cancels a dispatch that has not ended, and records who did it and why.
package struct CancelDispatch {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// Returns the result as a sentence; an invoice number stands for the copies as well.
    package func run(_ name: String, actor: String, reason: String) throws -> String {
        let naming = DispatchLookup(connection: connection, context: context)
        let dispatch = try naming.one(name)
        let copies =
            dispatch.invoiceNumber == name
            ? try naming.all(name).filter {
                $0.role == .copy && $0.dispatchID != dispatch.dispatchID
            } : []
        let now = context.clock.now
        return try connection.retrying {
            try connection.committing(unlessDry: context.isDryRun) {
                let answer = try cancel(dispatch, actor: actor, reason: reason, now: now)
                let others = try copies.map {
                    try cancel($0, actor: actor, reason: reason, now: now)
                }
                return try words(answer, name, copies: others.count(where: \.isStopped))
            }
        }
    }

    private func cancel(
        _ dispatch: DispatchList.Line, actor: String, reason: String, now: Date
    ) throws -> DispatchLife.Cancellation {
        let answer = try DispatchLife(connection).cancel(
            DispatchKey(dispatch.tenantID, dispatch.dispatchID), by: actor, now: now)
        if answer.isStopped {
            try Audits(connection).write(
                tenantID: dispatch.tenantID, actor: actor, action: "cancel",
                subject: dispatch.dispatchID.uuidString.lowercased(), reason: reason, now: now)
        }
        return answer
    }

    private func words(
        _ answer: DispatchLife.Cancellation, _ name: String, copies: Int
    ) throws -> String {
        let cancelled = context.isDryRun ? "would be cancelled" : "cancelled"
        let beside = copies == 0 ? "" : ", and \(copies) copies"
        switch answer {
        case .cancelled: return cancelled + beside
        case .requested:
            return "being sent now: it is cancelled if the provider does not take it"
                + (copies == 0 ? "" : "; \(copies) copies \(cancelled)")
        case .ended(let state, let delivery):
            let end = state == .sent ? delivery.rawValue : state.rawValue
            if copies > 0 { return "has ended already (\(end)); \(copies) copies \(cancelled)" }
            throw UsageError(
                "dispatch \(name) has ended already (\(end)); there is nothing to cancel",
                exit: .badInput)
        case .unknown:
            throw UsageError("there is no dispatch \(name)", exit: .badInput)
        }
    }
}

extension DispatchLife.Cancellation {
    /// Whether it goes no further, as far as that can be prevented.
    fileprivate var isStopped: Bool {
        switch self {
        case .cancelled, .requested: true
        case .ended, .unknown: false
        }
    }
}

/// Finds the one dispatch that a person refers to: by id, by its first digits, by invoice number.
struct DispatchLookup {
    let connection: Connection
    let context: RunContext

    init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// The newest dispatch with that name; throws `UsageError` where several documents match.
    func one(_ name: String) throws -> DispatchList.Line {
        let lines = try all(name)
        guard let newest = lines.first else {
            throw UsageError(
                "there is no dispatch '\(name)': give an invoice's number, or six digits or more"
                    + " of a dispatch's id", exit: .badInput)
        }
        let documents = Set(
            lines.map { "\($0.tenantID) \($0.invoiceNumber ?? "") \($0.document)" })
        guard documents.count == 1 else {
            throw UsageError(
                "'\(name)' names \(documents.count) documents; give the dispatch's id, or --tenant",
                exit: .badInput)
        }
        return newest
    }

    func all(_ name: String) throws -> [DispatchList.Line] {
        try DispatchList(connection).find(name, tenantID: context.tenantID)
    }
}
