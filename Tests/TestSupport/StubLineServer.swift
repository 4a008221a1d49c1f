import Foundation

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

    private let listener: StubListener

    /// Listens on a free port of loopback.
    package init(_ script: @escaping Script) {
        listener = StubListener { descriptor, number in
            script(Connection(number: number, descriptor: descriptor))
        }
    }

    deinit {
        listener.stop()
    }

    package var port: Int { listener.port }

    /// Closes all connections and waits until nothing more can be received.
    package func stop() { listener.stop() }
}
