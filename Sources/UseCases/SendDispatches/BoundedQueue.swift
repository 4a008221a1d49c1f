import Dispatch
import Synchronization

/// A queue with a weight limit between two threads: one producer, one consumer.
///
/// Elements keep their weight until it is freed, so that the limit covers everything held, within
/// the queue and beyond.
final class BoundedQueue<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var weight = 0
        var isProducerWaiting = false
        var isClosed = false
        var failure: (any Error)?
    }

    private let weightMax: Int
    private let state = Mutex(State())
    private let elementsChanged = DispatchSemaphore(value: 0)
    private let roomChanged = DispatchSemaphore(value: 0)

    init(weightMax: Int) {
        self.weightMax = weightMax
    }

    // MARK: The producer's side

    /// Waits for room; an element heavier than the limit has to be the only one.
    /// - Returns: False where the queue is closed.
    func reserve(_ weight: Int) throws -> Bool {
        while true {
            let answer: Bool? = try state.withLock { state in
                if let failure = state.failure { throw failure }
                if state.isClosed { return false }
                let hasRoom = state.weight == 0 || state.weight + weight <= weightMax
                state.isProducerWaiting = !hasRoom
                guard hasRoom else { return nil }
                state.weight += weight
                return true
            }
            if let answer { return answer }
            elementsChanged.signal()
            roomChanged.wait()
        }
    }

    /// Adds elements whose weight was reserved; they can be taken even if the queue is closed.
    func put(_ elements: [Element]) {
        state.withLock { $0.elements += elements }
        elementsChanged.signal()
    }

    // MARK: The consumer's side

    /// The next element, as soon as there is one; nil where there will be none.
    ///
    /// Without `isWaiting`, nil also where the next one needs weight to be freed.
    func take(isWaiting: Bool) throws -> Element? {
        while true {
            let (element, isDone): (Element?, Bool) = try state.withLock { state in
                if let failure = state.failure { throw failure }
                if !state.elements.isEmpty { return (state.elements.removeFirst(), true) }
                return (nil, state.isClosed || (state.isProducerWaiting && !isWaiting))
            }
            if isDone { return element }
            elementsChanged.wait()
        }
    }

    /// All elements, once there are `most` of them or `seconds` after the first; nil where there
    /// will be none.
    func takeAll(most: Int, within seconds: Double) throws -> [Element]? {
        var deadline: DispatchTime?
        while true {
            let (elements, isDone): ([Element], Bool) = try state.withLock { state in
                if let failure = state.failure { throw failure }
                let isDue = deadline.map { DispatchTime.now() >= $0 } ?? false
                guard state.elements.count >= most || state.isClosed || isDue else {
                    return ([], false)
                }
                defer { state.elements.removeFirst(min(most, state.elements.count)) }
                return (Array(state.elements.prefix(most)), true)
            }
            if isDone, elements.isEmpty, state.withLock(\.isClosed) { return nil }
            if isDone { return elements }
            if deadline == nil, state.withLock({ !$0.elements.isEmpty }) {
                deadline = .now() + seconds
            }
            _ = elementsChanged.wait(timeout: deadline ?? .distantFuture)
        }
    }

    /// Frees the weight of elements that are no longer held.
    func free(_ weight: Int) {
        state.withLock { $0.weight -= weight }
        roomChanged.signal()
    }

    // MARK: Either side

    /// Nothing more is added or wanted.
    func close() {
        state.withLock { $0.isClosed = true }
        elementsChanged.signal()
        roomChanged.signal()
    }

    /// Makes both sides throw the error.
    func fail(_ error: any Error) {
        state.withLock { $0.failure = $0.failure ?? error }
        elementsChanged.signal()
        roomChanged.signal()
    }
}
