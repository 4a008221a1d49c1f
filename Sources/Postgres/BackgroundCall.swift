import Dispatch
import Synchronization

/// A blocking call of libpq, run on a thread of its own so that the caller can give up on it.
///
/// Connecting is one: libpq's own loop tries several hosts, each for `connect_timeout`, which
/// PQconnectPoll does not. A cancel request is another, until libpq 17.
final class BackgroundCall<Value: Sendable>: Sendable {
    private enum State {
        case running
        case ended(Value)
        case abandoned
    }

    private let state = Mutex(State.running)
    private let hasEnded = DispatchSemaphore(value: 0)
    private let discard: @Sendable (Value) -> Void

    /// Starts the call; `discard` receives a result that nobody waits for any more.
    init(
        discarding discard: @escaping @Sendable (Value) -> Void = { _ in },
        _ body: @escaping @Sendable () -> Value
    ) {
        self.discard = discard
        DispatchQueue(label: "budstikke.libpq").async { self.end(with: body()) }
    }

    private func end(with value: Value) {
        let isAbandoned = state.withLock { state in
            if case .abandoned = state { return true }
            state = .ended(value)
            return false
        }
        if isAbandoned { discard(value) }
        hasEnded.signal()
    }

    /// The result; nil where the call has not ended within that time.
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

    /// Stops waiting: the result will be discarded.
    func abandon() {
        let late: Value? = state.withLock { state in
            defer { state = .abandoned }
            guard case .ended(let value) = state else { return nil }
            return value
        }
        if let late { discard(late) }
    }
}
