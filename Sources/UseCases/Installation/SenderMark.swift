import Dispatching
import FoundationEssentials
package import Postgres
package import Runtime
import Store
import Synchronization

/// This machine's mark: raised in the database with each claim, and remembered beside it.
///
/// What is remembered is never ahead of the database, unless that went back in time; and what went
/// on the wire had its mark remembered before. So a database that went back is known at the start
/// of a run, and by each mark that is raised.
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

    /// Opens it for a program that sends or makes dispatches.
    ///
    /// - Throws: `ConfigurationError` where the database is a copy or went back in time.
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

    /// A mark that was raised in a transaction, to be remembered when that is committed.
    package struct Raised: Sendable {
        fileprivate var identity: UUID
        fileprivate var seen: SeenMark
    }

    /// Raises the mark; to be called inside a transaction.
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

    /// Remembers what was raised, after the commit and before anything follows from it.
    ///
    /// The first of a run is waited for until it is on the disk, so that there is a file.
    package func remember(_ raised: Raised) throws {
        let isDurable = state.withLock { !$0.isDurable }
        try MarkFile(directory, identity: raised.identity)
            .remember(raised.seen, isDurable: isDurable)
        state.withLock { state in
            state = State(identity: raised.identity, seen: raised.seen, isDurable: true)
        }
    }

    /// Runs a transaction, and raises the mark in it where something came of it.
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

    /// Raises the mark by itself, after a run that made something: so that a database that has
    /// lost it is known, though nothing of it was sent.
    package func raise(after summary: RunSummary, _ connection: Connection) throws {
        guard summary.counts.contains(where: { $0.count > 0 }) else { return }
        try marking(connection) {}
    }

    /// Waits until the last mark is on the disk, at the end of a run, however it ends.
    ///
    /// Where that fails, the machine remembers a little less, should it lose its power.
    package func keep() {
        let known = state.withLock { $0 }
        guard known.isDurable, let identity = known.identity, let seen = known.seen else { return }
        try? MarkFile(directory, identity: identity).remember(seen, isDurable: true)
    }

    /// Takes note of how far other machines have come.
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
