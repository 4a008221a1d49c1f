import FoundationEssentials
package import Postgres
package import Runtime
import Store

/// Cancels a dispatch that has not ended, and writes down who did it and why.
package struct CancelDispatch {
    let connection: Connection
    let context: RunContext

    package init(connection: Connection, context: RunContext) {
        self.connection = connection
        self.context = context
    }

    /// Says what happened, in a sentence.
    package func run(_ name: String, actor: String, reason: String) throws -> String {
        let dispatch = try DispatchNaming(connection: connection, context: context).one(name)
        let now = context.clock.now
        return try connection.retrying {
            try connection.committing(unlessDry: context.isDryRun) {
                try cancel(dispatch, name, actor: actor, reason: reason, now: now)
            }
        }
    }

    private func cancel(
        _ dispatch: DispatchList.Line, _ name: String, actor: String, reason: String, now: Date
    ) throws -> String {
        let answer = try DispatchLife(connection).cancel(
            (dispatch.tenantID, dispatch.dispatchID), by: actor, now: now)
        switch answer {
        case .cancelled: break
        case .requested: break
        case .unknown:
            throw UsageError("there is no dispatch \(name)", exit: .badInput)
        case .ended(let state):
            throw UsageError(
                "dispatch \(name) has ended already (\(state)); there is nothing to cancel",
                exit: .badInput)
        }
        try Audits(connection).write(
            tenantID: dispatch.tenantID, actor: actor, action: "cancel",
            subject: dispatch.dispatchID.uuidString.lowercased(), reason: reason, now: now)
        return switch (answer, context.isDryRun) {
        case (.cancelled, false): "cancelled"
        case (.cancelled, true): "would be cancelled"
        default: "being sent now: it is cancelled if the provider does not take it"
        }
    }
}
