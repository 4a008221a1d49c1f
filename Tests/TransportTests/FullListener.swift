import Glibc

/// A listener whose queue is full: a further connection is neither taken nor refused.
final class FullListener {
    let port: Int
    private let listener: Int32
    private var waiting: [Int32] = []

    init() {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        port = withUnsafeMutablePointer(to: &address) { [listener] address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length)
                listen(listener, 0)
                getsockname(listener, $0, &length)
            }
            return Int(UInt16(bigEndian: address.pointee.sin_port))
        }
        // Linux takes one more than the backlog; the others are left without an answer.
        for _ in 0..<4 {
            let descriptor = socket(
                AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            withUnsafePointer(to: &address) {
                _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, length)
                }
            }
            waiting.append(descriptor)
        }
    }

    deinit {
        for descriptor in waiting + [listener] { close(descriptor) }
    }
}
