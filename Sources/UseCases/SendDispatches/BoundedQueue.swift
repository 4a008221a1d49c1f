import Dispatch
import Synchronization

/// A queue between two threads that holds no more than a weight: one puts in, one takes out.
///
/// What was taken out still weighs until it is freed, so that the bound is on all that is held, on
/// the way and not.
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

    // MARK: The side that puts in

    /// Waits until there is room; what is heavier than the bound has to itself be all there is.
    /// - Returns: false where the queue is closed.
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

    /// Puts in elements whose weight was reserved; closed or not, they are there to be taken out.
    func put(_ elements: [Element]) {
        state.withLock { $0.elements += elements }
        elementsChanged.signal()
    }

    // MARK: The side that takes out

    /// The next element, as soon as there is one; nil where none will come any more.
    ///
    /// Without `isWaiting`, nil also where one comes only when something is freed.
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

    /// All elements, as soon as there are so many or so long after there was one; nil where none
    /// will come any more.
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

    /// What was taken out is held no longer.
    func free(_ weight: Int) {
        state.withLock { $0.weight -= weight }
        roomChanged.signal()
    }

    // MARK: Either side

    /// Nothing more is put in, or wanted.
    func close() {
        state.withLock { $0.isClosed = true }
        elementsChanged.signal()
        roomChanged.signal()
    }

    /// Both sides are thrown the error.
    func fail(_ error: any Error) {
        state.withLock { $0.failure = $0.failure ?? error }
        elementsChanged.signal()
        roomChanged.signal()
    }
}
