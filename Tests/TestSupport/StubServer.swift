import Foundation
import Synchronization

/// A loopback HTTP server that behaves as a script says, over plain sockets.
///
/// It knows just enough of HTTP to find where a request ends. Every connection has a thread of
/// its own; `stop` ends them all and waits for them.
package final class StubServer: Sendable {
    /// A request as it arrived.
    package struct Request: Sendable {
        /// Which connection it came on, and which of that connection's requests it is: from 0.
        package var connection: Int
        package var index: Int
        package var method: String
        /// Path and query, as they were sent.
        package var target: String
        package var head: String
        package var body: [UInt8] = []

        package var text: String { String(decoding: body, as: UTF8.self) }

        package func header(_ name: String) -> String? {
            head.components(separatedBy: "\r\n").lazy
                .map { $0.split(separator: ":", maxSplits: 1) }
                .first { $0.count == 2 && $0[0].lowercased() == name.lowercased() }
                .map { $0[1].trimmingCharacters(in: .whitespaces) }
        }
    }

    /// What the server does about a request.
    package enum Reaction: Sendable {
        case answer(Int, headers: [(String, String)] = [], body: String = "")
        /// Bytes as they are; then the connection is closed.
        case raw(String)
        /// Closes without an answer: the client reads the end of the stream.
        case close
        /// Breaks the connection: the client is told of a reset.
        case reset
        /// Says nothing until the server is stopped.
        case hang
        /// A chunked answer of so many bytes, as fast as the client takes them.
        case flood(bytes: Int)
        /// An answer that comes a byte at a time and never ends.
        case trickle
    }

    package typealias Script = @Sendable (Request) -> Reaction
    /// What it does when the head of a request and the first of its body have come; nil to read on.
    package typealias EarlyScript = @Sendable (Request) -> Reaction?

    private let core: StubServerCore
    private let listener: StubListener

    /// Listens on a free port of loopback.
    package init(early: @escaping EarlyScript = { _ in nil }, _ script: @escaping Script) {
        let core = StubServerCore(script: script, early: early)
        self.core = core
        listener = StubListener { descriptor, number in core.converse(descriptor, number) }
    }

    deinit {
        listener.stop()
    }

    package var port: Int { listener.port }

    /// Where it listens, as `http://127.0.0.1:40001`.
    package var url: String { "http://127.0.0.1:\(port)" }

    /// The whole requests so far, in the order that they were complete.
    package var requests: [Request] { core.state.withLock { $0.requests } }

    /// Every byte that each connection brought, whole requests or not.
    package var received: [[UInt8]] {
        core.state.withLock { state in
            state.received.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    /// Closes all connections and waits until nothing more can be received.
    package func stop() {
        listener.stop()
    }
}

/// What a stub server was sent, and how it answers.
private final class StubServerCore: Sendable {
    struct State {
        var requests: [StubServer.Request] = []
        var received: [Int: [UInt8]] = [:]
    }

    let state = Mutex(State())
    private let script: StubServer.Script
    private let early: StubServer.EarlyScript

    init(script: @escaping StubServer.Script, early: @escaping StubServer.EarlyScript) {
        self.script = script
        self.early = early
    }

    /// Reads requests and reacts to each, until one side closes.
    func converse(_ descriptor: Int32, _ connection: Int) {
        state.withLock { $0.received[connection] = [] }
        var buffer: [UInt8] = []
        for index in 0... {
            guard var request = readHead(descriptor, connection, index, &buffer) else { return }
            let length = request.header("Content-Length").flatMap(Int.init) ?? 0
            while buffer.isEmpty, length > 0 {
                guard read(descriptor, connection, &buffer) else { return }
            }
            if let reaction = early(request) {
                guard react(reaction, descriptor) else { return }
                continue
            }
            while buffer.count < length {
                guard read(descriptor, connection, &buffer) else { return }
            }
            request.body = Array(buffer.prefix(length))
            buffer.removeFirst(length)
            let whole = request
            state.withLock { $0.requests.append(whole) }
            guard react(script(whole), descriptor) else { return }
        }
    }

    private func readHead(
        _ descriptor: Int32, _ connection: Int, _ index: Int, _ buffer: inout [UInt8]
    ) -> StubServer.Request? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            // The first byte of a TLS handshake: not spoken here.
            if buffer.first == 0x16 { return nil }
            if let range = buffer.firstRange(of: end) {
                let head = String(decoding: buffer[..<range.lowerBound], as: UTF8.self)
                buffer.removeFirst(range.upperBound)
                let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
                guard words.count == 3 else { return nil }
                return StubServer.Request(
                    connection: connection, index: index, method: String(words[0]),
                    target: String(words[1]), head: head)
            }
            guard read(descriptor, connection, &buffer) else { return nil }
        }
    }

    private func read(_ descriptor: Int32, _ connection: Int, _ buffer: inout [UInt8]) -> Bool {
        let bytes = [UInt8](unsafeUninitializedCapacity: 64 << 10) { room, count in
            count = max(0, recv(descriptor, room.baseAddress, room.count, 0))
        }
        buffer += bytes
        state.withLock { $0.received[connection, default: []] += bytes }
        return !bytes.isEmpty
    }
}

/// What can be done to a connection; each says whether it can go on.
extension StubServerCore {
    private func react(_ reaction: StubServer.Reaction, _ descriptor: Int32) -> Bool {
        switch reaction {
        case .answer(let status, let headers, let body):
            let lines = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
            let length = status == 204 ? "" : "Content-Length: \(body.utf8.count)\r\n"
            return send("HTTP/1.1 \(status) X\r\n\(lines)\(length)\r\n\(body)", descriptor)
        case .raw(let text):
            _ = send(text, descriptor)
        case .close:
            break
        case .reset:
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                descriptor, SOL_SOCKET, SO_LINGER, &linger,
                socklen_t(MemoryLayout.size(ofValue: linger)))
        case .hang:
            drain(descriptor)
        case .flood(let bytes):
            flood(bytes, descriptor)
        case .trickle:
            trickle(descriptor)
        }
        return false
    }

    private func send(_ text: String, _ descriptor: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private func drain(_ descriptor: Int32) {
        var waste = [UInt8](repeating: 0, count: 64 << 10)
        while recv(descriptor, &waste, waste.count, 0) > 0 {}
    }

    private func flood(_ bytes: Int, _ descriptor: Int32) {
        let chunk = "10000\r\n" + String(repeating: "x", count: 0x10000) + "\r\n"
        guard send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", descriptor)
        else { return }
        for _ in 0..<(bytes / 0x10000) {
            guard send(chunk, descriptor) else { return }
        }
        _ = send("0\r\n\r\n", descriptor)
    }

    private func trickle(_ descriptor: Int32) {
        guard send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", descriptor)
        else { return }
        // The pace is the point here: slower than any limit on low speed.
        while send("x", descriptor) { usleep(50_000) }
    }
}
