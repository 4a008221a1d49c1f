import Dispatch
import Dispatching
import Invoicing
import Postgres
import Runtime
import Store
import Synchronization

/// The database's side of a drain, on a thread and a connection of its own.
///
/// While messages are on the wire the next ones are claimed and read, and what came of the last
/// ones is written, so that neither side waits for the other. Used by one other thread.
final class DispatchFeed: Sendable {
    /// How many slices are read ahead: a bound on memory.
    private static let slicesMax = 2

    private struct State {
        var slices: [DispatchReader.Slice] = []
        var changes: [DispatchChange] = []
        var isEnding = false
        var hasEnded = false
        var failure: (any Error)?
    }

    private enum Task {
        case read
        case record([DispatchChange])
        /// Nothing more is to be read; what was read and not asked for.
        case end([DispatchReader.Slice])
    }

    private let policy: SendPolicy
    private let clock: RunClock
    private let state = Mutex(State())
    private let somethingToDo = DispatchSemaphore(value: 0)
    private let somethingDone = DispatchSemaphore(value: 0)

    /// Begins at once; `connect` is called on the new thread.
    init(
        provider: String, context: RunContext, policy: SendPolicy,
        connect: @escaping @Sendable () throws -> Connection
    ) {
        self.policy = policy
        clock = context.clock
        Dispatch.DispatchQueue(label: "budstikke.feed").async {
            self.work {
                DispatchReader(
                    connection: try connect(), provider: provider, context: context)
            }
        }
    }

    /// The next messages, as soon as they are read; none where nothing was due.
    func next() throws -> DispatchReader.Slice {
        while true {
            let slice: DispatchReader.Slice? = try state.withLock { state in
                if let failure = state.failure { throw failure }
                return state.slices.isEmpty ? nil : state.slices.removeFirst()
            }
            if let slice {
                somethingToDo.signal()
                return slice
            }
            somethingDone.wait()
        }
    }

    /// Has outcomes written; their failure is thrown by the next call.
    func record(_ changes: [DispatchChange]) throws {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            state.changes += changes
        }
        somethingToDo.signal()
    }

    /// Writes the last outcomes, gives back what was claimed and never asked for, and ends.
    func end(_ changes: [DispatchChange]) throws {
        state.withLock { state in
            state.changes += changes
            state.isEnding = true
        }
        somethingToDo.signal()
        while !state.withLock({ $0.hasEnded }) { somethingDone.wait() }
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    // MARK: The thread

    private func work(_ start: () throws -> DispatchReader) {
        do {
            var reader = try start()
            let outcomes = RecordOutcomes(
                connection: reader.connection, provider: reader.provider)
            var isEnding = false
            while !isEnding {
                switch task() {
                case .record(let changes): try outcomes.record(changes, now: clock.now)
                case .read:
                    let slice = try reader.next()
                    state.withLock { $0.slices.append(slice) }
                case .end(let slices):
                    let unasked = slices.joined().map(\.claim) + reader.claims
                    let now = clock.now
                    try outcomes.record(
                        unasked.map { policy.released($0, now: now) }, now: now)
                    isEnding = true
                }
                somethingDone.signal()
            }
        } catch {
            state.withLock { $0.failure = error }
        }
        state.withLock { $0.hasEnded = true }
        somethingDone.signal()
    }

    /// What is to be done now, or as soon as there is something.
    private func task() -> Task {
        while true {
            let task: Task? = state.withLock { state in
                if !state.changes.isEmpty {
                    defer { state.changes = [] }
                    return .record(state.changes)
                }
                if state.isEnding { return .end(state.slices) }
                return state.slices.count < Self.slicesMax ? .read : nil
            }
            if let task { return task }
            somethingToDo.wait()
        }
    }
}
