import Dispatching
import FoundationEssentials
package import Postgres
package import Runtime
import Store
import Synchronization

/// This machine's mark: increased in the database with each claim, and remembered outside it.
///
/// The remembered mark is never ahead of the database unless that was restored to an earlier state,
/// and it is written before anything is sent. So a restored database is recognised at the start of
/// a run, and whenever a mark is increased.
package final class SenderMark: Sendable {
    private struct State {
        var identity: UUID?
        var seen: SeenMark?
        var isDurable = false
    }

    private let directory: StateDirectory
    private let state: Mutex<State>

    private init(_ directory: StateDirectory, _ state: sending State) {
        self.directory = directory
        self.state = Mutex(state)
    }

    /// Opens the mark for a program that sends or creates dispatches.
    ///
    /// - Throws: `ConfigurationError` where the database is a copy or was restored to an earlier
    ///   state.
    package static func open(
        _ connection: Connection, context: RunContext
    ) throws -> SenderMark {
        let directory = try StateDirectory.find(setting: context.settings.stateDirectory)
        let view = try DatabaseView.look(connection, directory)
        if let refusal = view.status.refusal { throw ConfigurationError(refusal) }
        let mark = SenderMark(directory, State(identity: view.identity, seen: view.seen))
        if !context.isDryRun { try mark.remember(highest: view.held.highest) }
        return mark
    }

    /// A mark that was increased in a transaction, to be remembered once that is committed.
    package struct Raised: Sendable {
        fileprivate var identity: UUID
        fileprivate var seen: SeenMark
    }

    /// Increases the mark; to be called inside a transaction.
    package func raise(_ connection: Connection) throws -> Raised {
        let known = state.withLock { $0 }
        let identity = try known.identity ?? adopt(connection)
        let marks = SenderMarks(connection)
        guard let seen = known.seen else {
            let stateID = UUID()
            let counter = try marks.begin(stateID)
            return Raised(
                identity: identity,
                seen: SeenMark(stateID: stateID, own: counter, highest: counter))
        }
        let counter = try marks.raise(seen.stateID) ?? 0
        guard counter > seen.own else {
            let shortfall = DatabaseStatus.Shortfall(seen: seen.own, held: counter)
            throw ConfigurationError(DatabaseStatus.wentBack(shortfall).refusal ?? "")
        }
        return Raised(
            identity: identity,
            seen: SeenMark(stateID: seen.stateID, own: counter, highest: counter))
    }

    /// Remembers an increased mark, after the commit and before anything follows from it.
    ///
    /// The first one of a run is written to disk before this returns, so that there is a file.
    package func remember(_ raised: Raised) throws {
        let isDurable = state.withLock { !$0.isDurable }
        try MarkFile(directory, identity: raised.identity)
            .remember(raised.seen, isDurable: isDurable)
        state.withLock { state in
            state = State(identity: raised.identity, seen: raised.seen, isDurable: true)
        }
    }

    /// Runs a transaction, and increases the mark in it if it produced a result.
    package func marking<T>(
        _ connection: Connection, where isMarked: (T) -> Bool = { _ in true },
        _ body: () throws -> T
    ) throws -> T {
        let (value, raised) = try connection.transaction {
            let value = try body()
            return (value, isMarked(value) ? try raise(connection) : nil)
        }
        if let raised { try remember(raised) }
        return value
    }

    /// Increases the mark by itself, after a run that created something, so that a database that
    /// later loses it is recognised, although nothing of it was sent.
    package func raise(after summary: RunSummary, _ connection: Connection) throws {
        guard summary.counts.contains(where: { $0.count > 0 }) else { return }
        try marking(connection) {}
    }

    /// Waits until the last mark is on disk, at the end of a run, however it ends.
    ///
    /// If that fails, the machine remembers slightly less in case of a power failure.
    package func keep() {
        let known = state.withLock { $0 }
        guard known.isDurable, let identity = known.identity, let seen = known.seen else { return }
        try? MarkFile(directory, identity: identity).remember(seen, isDurable: true)
    }

    /// Remembers how far other machines have come.
    private func remember(highest: Int64) throws {
        let known = state.withLock { $0 }
        guard let identity = known.identity, var seen = known.seen, highest > seen.highest else {
            return
        }
        seen.highest = highest
        try MarkFile(directory, identity: identity).remember(seen, isDurable: false)
    }

    private func adopt(_ connection: Connection) throws -> UUID {
        let identities = DatabaseIdentities(connection)
        try identities.adopt(identities.place())
        guard let recorded = try identities.recorded() else {
            throw ConfigurationError("the database's identity can't be written")
        }
        return recorded.identity
    }
}
