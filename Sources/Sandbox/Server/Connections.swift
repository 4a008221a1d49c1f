import NIOCore
import Synchronization

/// How many requests each open connection has carried.
final class Connections: Sendable {
    private let counts = Mutex<[ObjectIdentifier: Int]>([:])

    /// Counts a request and gives its number on its connection, from 1.
    func count(_ channel: any Channel) -> Int {
        let id = ObjectIdentifier(channel)
        let number = counts.withLock { counts in
            counts[id, default: 0] += 1
            return counts[id, default: 1]
        }
        if number == 1 {
            channel.closeFuture.whenComplete { _ in
                self.counts.withLock { $0[id] = nil }
            }
        }
        return number
    }
}
