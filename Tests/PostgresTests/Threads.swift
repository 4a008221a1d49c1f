import Foundation
import Synchronization

/// Runs the body for each argument in a thread of its own, and returns what they threw.
///
/// Not tasks: what is tested here waits for a server, and Swift's own threads are too few for that.
func inThreads<Argument: Sendable>(
    _ arguments: [Argument], _ body: @escaping @Sendable (Argument) throws -> Void
) -> [String] {
    inThreads(arguments, body) {}
}

/// Does something of its own in the meantime.
func inThreads<Argument: Sendable, Failure>(
    _ arguments: [Argument], _ body: @escaping @Sendable (Argument) throws -> Void,
    whileRunning: () throws(Failure) -> Void
) throws(Failure) -> [String] {
    let failures = Mutex<[String]>([])
    let ended = DispatchGroup()
    let holder = Holder(failures)
    for argument in arguments {
        ended.enter()
        Thread.detachNewThread {
            defer { ended.leave() }
            do {
                try body(argument)
            } catch {
                holder.failures.withLock { $0.append("\(error)") }
            }
        }
    }
    defer { ended.wait() }
    try whileRunning()
    ended.wait()
    return holder.failures.withLock(\.self)
}

/// Keeps what a thread appends to alive until it has.
private final class Holder: Sendable {
    let failures: Mutex<[String]>

    init(_ failures: consuming sending Mutex<[String]>) {
        self.failures = failures
    }
}

/// A place where so many threads wait for one another, once.
final class Meeting: Sendable {
    private let missing: Mutex<Int>
    private let all = DispatchSemaphore(value: 0)
    private let count: Int

    init(of count: Int) {
        self.count = count
        missing = Mutex(count)
    }

    func wait() {
        let isLast = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        guard !isLast else {
            for _ in 1..<count { all.signal() }
            return
        }
        all.wait()
    }
}
