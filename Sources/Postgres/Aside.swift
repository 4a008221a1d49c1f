import Dispatch
import Synchronization

/// A call of libpq's that can only block, on a thread of its own, which can be left behind.
///
/// Connecting is one: by its own loop libpq tries several hosts, each for `connect_timeout`, which
/// PQconnectPoll does not. Asking the server to cancel is another, until libpq 17.
final class Aside<Value: Sendable>: Sendable {
    private enum State {
        case running
        case ended(Value)
        case left
    }

    private let state = Mutex(State.running)
    private let hasEnded = DispatchSemaphore(value: 0)
    private let discard: @Sendable (Value) -> Void

    /// Begins; `discard` is given what nobody waits for any more.
    init(
        discarding discard: @escaping @Sendable (Value) -> Void = { _ in },
        _ body: @escaping @Sendable () -> Value
    ) {
        self.discard = discard
        DispatchQueue(label: "budstikke.libpq").async { self.end(with: body()) }
    }

    private func end(with value: Value) {
        let isLeft = state.withLock { state in
            if case .left = state { return true }
            state = .ended(value)
            return false
        }
        if isLeft { discard(value) }
        hasEnded.signal()
    }

    /// What it gave; nil where it has not ended within that time.
    func value(withinMilliseconds milliseconds: Int) -> Value? {
        if let value = ended { return value }
        _ = hasEnded.wait(timeout: .now() + .milliseconds(milliseconds))
        return ended
    }

    private var ended: Value? {
        state.withLock { state in
            guard case .ended(let value) = state else { return nil }
            return value
        }
    }

    /// Waits no more: what it gives is discarded.
    func leave() {
        let late: Value? = state.withLock { state in
            defer { state = .left }
            guard case .ended(let value) = state else { return nil }
            return value
        }
        if let late { discard(late) }
    }
}
