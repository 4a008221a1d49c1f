import Foundation
import Synchronization

/// A loopback server that holds a conversation in lines as a script says, over plain sockets.
///
/// Every connection has a thread of its own; `stop` ends them all and waits for them, so that what
/// was received is final.
package final class StubLineServer: Sendable {
    /// One connection, as the script sees it.
    package struct Connection: Sendable {
        /// Which connection it is: from 0.
        package let number: Int
        let descriptor: Int32

        /// The next line without its end; nil where the client hung up.
        package func line() -> String? {
            guard var bytes = lineBytes() else { return nil }
            while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
            return String(decoding: bytes, as: UTF8.self)
        }

        /// The next line as it came.
        package func lineBytes() -> [UInt8]? {
            var bytes: [UInt8] = []
            var byte: UInt8 = 0
            while read(descriptor, &byte, 1) == 1 {
                bytes.append(byte)
                if byte == 0x0A { return bytes }
            }
            return nil
        }

        /// Reads until the client hangs up.
        ///
        /// - Returns: how many bytes came.
        package func bytesToTheEnd() -> Int {
            var room = [UInt8](repeating: 0, count: 64 << 10)
            var sum = 0
            while true {
                let count = read(descriptor, &room, room.count)
                guard count > 0 else { return sum }
                sum += count
            }
        }

        package func write(_ text: String) {
            let bytes = Array(text.utf8)
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes {
                    send(
                        descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent,
                        Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                sent += count
            }
        }

        /// Says no more, and waits until the client or the test gives up.
        package func hang() {
            var byte: UInt8 = 0
            while read(descriptor, &byte, 1) == 1 {}
        }

        /// Breaks the connection when the script ends: the client is told of a reset.
        package func reset() {
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
    }

    package typealias Script = @Sendable (Connection) -> Void

    package let port: Int
    private let core: StubLineServerCore

    /// Listens on a free port of loopback.
    package init(_ script: @escaping Script) {
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
        core = StubLineServerCore(listener, script)
        core.start()
    }

    deinit {
        core.stop()
    }

    /// Closes all connections and waits until nothing more can be received.
    package func stop() { core.stop() }
}

/// What the threads of a server share, and keep alive until the last has ended.
private final class StubLineServerCore: Sendable {
    private struct Open {
        var descriptors: Set<Int32> = []
        var count = 0
        var isStopped = false
    }

    private let listener: Int32
    private let script: StubLineServer.Script
    private let open = Mutex(Open())
    private let threads = DispatchGroup()

    init(_ listener: Int32, _ script: @escaping StubLineServer.Script) {
        self.listener = listener
        self.script = script
    }

    func start() {
        detach { core in
            while true {
                let descriptor = accept(core.listener, nil, nil)
                guard descriptor >= 0 else { break }
                core.serve(descriptor)
            }
        }
    }

    func stop() {
        let isFirst = open.withLock { open in
            defer { open.isStopped = true }
            for descriptor in open.descriptors { shutdown(descriptor, Int32(SHUT_RDWR)) }
            return !open.isStopped
        }
        if isFirst { shutdown(listener, Int32(SHUT_RDWR)) }
        threads.wait()
        if isFirst { close(listener) }
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
        detach { core in
            core.script(StubLineServer.Connection(number: number, descriptor: descriptor))
            // Under the lock, since the number of a closed connection is given to the next one.
            core.open.withLock { open in
                _ = open.descriptors.remove(descriptor)
                close(descriptor)
            }
        }
    }

    private func detach(_ work: @escaping @Sendable (StubLineServerCore) -> Void) {
        threads.enter()
        Thread.detachNewThread {
            work(self)
            self.threads.leave()
        }
    }
}
