import Dispatch
import Glibc
import Synchronization

/// A TCP connection to the sandbox, without a client library that would mend or hide anything.
///
/// The blocking calls run on a queue of their own: the server under test needs the threads of the
/// concurrency pool.
final class RawConnection: Sendable {
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "raw connection")
    private let isClosed = Mutex(false)

    /// Should a test be wrong, it fails after this time rather than wait for ever.
    private static let patienceSeconds = 30

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        var patience = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        guard result == 0 else { throw RawConnectionError(errno: errno) }
    }

    deinit {
        close()
    }

    func close() {
        isClosed.withLock { isClosed in
            if !isClosed { Glibc.close(descriptor) }
            isClosed = true
        }
    }

    /// Sends bytes; whether the other side still takes them is not told.
    func send(_ text: String) async {
        let bytes = Array(text.utf8)
        await run {
            var sent = 0
            while sent < bytes.count {
                let result = bytes.withUnsafeBytes {
                    Glibc.send(
                        self.descriptor, $0.baseAddress.map { $0 + sent }, bytes.count - sent,
                        Int32(MSG_NOSIGNAL))
                }
                guard result > 0 else { return }
                sent += result
            }
        }
    }

    /// Receives one answer; nil where the connection ends before the first byte.
    func receive() async throws -> RawReply? {
        try await run { try self.readReply() }.get()
    }

    /// Whether not a byte has come and the connection is open, at this moment.
    var isSilent: Bool {
        var byte: UInt8 = 0
        let result = recv(
            descriptor, &byte, 1, Int32(MSG_DONTWAIT) | Int32(MSG_PEEK))
        return result < 0 && errno == EAGAIN
    }

    private func readReply() throws -> RawReply? {
        var received: [UInt8] = []
        while true {
            if let reply = RawReply(received, isAtEnd: false) { return reply }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EAGAIN { throw RawConnectionError(errno: EAGAIN) }
            guard count > 0 else {
                return received.isEmpty ? nil : RawReply(received, isAtEnd: true)
            }
            received += buffer.prefix(count)
        }
    }

    private func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async -> Result<Value, any Error> {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: Result { try work() }) }
        }
    }

    private func run(_ work: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            queue.async {
                work()
                continuation.resume()
            }
        }
    }
}

struct RawConnectionError: Error {
    var errno: Int32
}
