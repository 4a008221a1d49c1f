import Foundation
import Synchronization

/// A loopback name server that answers questions for texts as a script says, over UDP.
///
/// It knows just enough of DNS to find the name in a question.
package final class StubNameServer: Sendable {
    /// What the server does about a name.
    package enum Reaction: Sendable {
        /// A TXT record for each text, in strings of at most 255 bytes.
        case texts([String])
        /// The name stands for another, whose texts these are.
        case alias([String])
        /// There is no such name (3), or the server fails (2) or refuses (5).
        case code(UInt8)
        /// Bytes behind the id of the question.
        case bytes([UInt8])
        case silence
    }

    package typealias Script = @Sendable (_ name: String) -> Reaction

    /// Where it listens, as `127.0.0.1:40001`.
    package let address: String
    private let descriptor: Int32
    private let names = Mutex<[String]>([])
    private let threads = DispatchGroup()

    package init(_ script: @escaping Script) {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var own = sockaddr_in()
        own.sin_family = sa_family_t(AF_INET)
        own.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &own) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                precondition(bind(descriptor, $0, length) == 0, "no free port on loopback")
                getsockname(descriptor, $0, &length)
            }
        }
        self.descriptor = descriptor
        address = "127.0.0.1:\(UInt16(bigEndian: own.sin_port))"
        threads.enter()
        let thread = Thread { [descriptor, threads, weak self] in
            Self.serve(descriptor) { name in
                self?.names.withLock { $0.append(name) }
                return script(name)
            }
            threads.leave()
        }
        thread.start()
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        threads.wait()
        close(descriptor)
    }

    /// The names that were asked for, in small letters.
    package var asked: [String] { names.withLock(\.self) }

    private static func serve(_ descriptor: Int32, _ script: (String) -> Reaction) {
        var room = [UInt8](repeating: 0, count: 4_096)
        while true {
            var client = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let count = withUnsafeMutablePointer(to: &client) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(descriptor, &room, room.count, 0, $0, &length)
                }
            }
            guard count > 12 else { return }
            let question = Array(room[..<count])
            guard let answer = answer(to: question, script) else { continue }
            _ = withUnsafePointer(to: client) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    sendto(descriptor, answer, answer.count, 0, $0, length)
                }
            }
        }
    }

    private static func answer(
        to question: [UInt8], _ script: (String) -> Reaction
    ) -> [UInt8]? {
        var labels: [String] = []
        var place = 12
        while place < question.count, question[place] > 0 {
            let end = place + 1 + Int(question[place])
            guard end < question.count else { return nil }
            labels.append(String(decoding: question[(place + 1)..<end], as: UTF8.self))
            place = end
        }
        let asked = question[12..<min(place + 5, question.count)]
        func whole(_ code: UInt8, _ records: [[UInt8]]) -> [UInt8] {
            Array(question[..<2]) + [0x81, 0x80 | code, 0, 1, 0, UInt8(records.count), 0, 0, 0, 0]
                + asked + records.joined()
        }
        switch script(labels.joined(separator: ".").lowercased()) {
        case .texts(let texts): return whole(0, texts.map { record([0xC0, 12], $0) })
        case .alias(let texts):
            let other: [UInt8] = [3] + Array("els".utf8) + [0]
            let alias = [0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, UInt8(other.count)] + other
            return whole(0, [alias] + texts.map { record(other, $0) })
        case .code(let code): return whole(code, [])
        case .bytes(let bytes): return Array(question[..<2]) + bytes
        case .silence: return nil
        }
    }

    private static func record(_ name: [UInt8], _ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        let data = stride(from: 0, to: max(1, bytes.count), by: 255).flatMap { start in
            let piece = bytes[start..<min(start + 255, bytes.count)]
            return [UInt8(piece.count)] + piece
        }
        return name + [0, 16, 0, 1, 0, 0, 0, 60, UInt8(data.count >> 8), UInt8(data.count & 255)]
            + data
    }
}
