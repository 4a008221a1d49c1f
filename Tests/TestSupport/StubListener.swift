import Foundation
import Synchronization

/// A listener on a free port of loopback that gives every connection a thread of its own.
///
/// What the servers of the tests stand on. Its threads keep it alive; `stop` ends them all and waits
/// for them, so that what was received is final.
final class StubListener: Sendable {
    /// Speaks on a connection until it is over; the connections are numbered from 0.
    typealias Conversation = @Sendable (_ descriptor: Int32, _ number: Int) -> Void

    private struct Open {
        var descriptors: Set<Int32> = []
        var count = 0
        var isStopped = false
    }

    let port: Int
    private let listener: Int32
    private let converse: Conversation
    private let open = Mutex(Open())
    private let threads = DispatchGroup()

    init(_ converse: @escaping Conversation) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                precondition(bind(listener, $0, length) == 0, "no free port on loopback")
                precondition(listen(listener, 1024) == 0, "can't listen on loopback")
                getsockname(listener, $0, &length)
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        self.listener = listener
        self.converse = converse
        detach { listener in listener.accept() }
    }

    /// Closes all connections and waits until nothing more can be received.
    func stop() {
        // Under the lock, since the number of a closed connection is given to the next one.
        let isFirst = open.withLock { open in
            guard !open.isStopped else { return false }
            open.isStopped = true
            for descriptor in open.descriptors { shutdown(descriptor, Int32(SHUT_RDWR)) }
            return true
        }
        if isFirst { shutdown(listener, Int32(SHUT_RDWR)) }
        threads.wait()
        if isFirst { close(listener) }
    }

    private func accept() {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            serve(descriptor)
        }
    }

    private func serve(_ descriptor: Int32) {
        let number = open.withLock { open -> Int? in
            guard !open.isStopped else { return nil }
            open.descriptors.insert(descriptor)
            defer { open.count += 1 }
            return open.count
        }
        guard let number else {
            close(descriptor)
            return
        }
        detach { listener in
            listener.converse(descriptor, number)
            listener.open.withLock { open in
                _ = open.descriptors.remove(descriptor)
                close(descriptor)
            }
        }
    }

    private func detach(_ work: @escaping @Sendable (StubListener) -> Void) {
        threads.enter()
        let thread = Thread {
            work(self)
            self.threads.leave()
        }
        thread.stackSize = 256 << 10
        thread.start()
    }
}
