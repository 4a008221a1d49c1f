import CResolv
import Glibc

/// Asks for the TXT records of a name: the system's name servers, or one that is named.
package struct NameServer: Hashable, Sendable {
    /// What a question led to.
    package enum Reply: Hashable, Sendable {
        /// The texts of the records; empty where the name has none, or is not there.
        case texts([String])
        /// Nobody could say: a name server is down, refuses, or made no sense.
        case failed(String)
    }

    /// An IPv4 address in network order; nil for the system's name servers.
    private let address: UInt32?
    private let port: UInt16

    /// The system's own.
    package init() {
        (address, port) = (nil, 53)
    }

    /// One at an IPv4 address, as `192.0.2.53` or `192.0.2.53:5353`; nil where the text is none.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var address = in_addr()
        guard (1...2).contains(parts.count), inet_pton(AF_INET, String(parts[0]), &address) == 1,
            address.s_addr != 0, let port = parts.count == 2 ? UInt16(parts[1]) : 53, port > 0
        else { return nil }
        (self.address, self.port) = (address.s_addr, port)
    }

    /// Each of two tries waits so long for each name server.
    private static let seconds: CInt = 3
    private static let answerBytesMax = 65_535
    private static let textType: CInt = 16

    /// The texts under a name, those of the name that it stands for too (CNAME).
    package func texts(of name: String) -> Reply {
        var answer = [UInt8](repeating: 0, count: Self.answerBytesMax)
        let length = budstikke_resolve(
            name, Self.textType, address ?? 0, port.bigEndian, Self.seconds, &answer,
            CInt(answer.count))
        switch length {
        case -HOST_NOT_FOUND, -NO_DATA: return .texts([])
        case ..<0: return .failed("no name server could say")
        default:
            guard let parsed = DNSAnswer(Array(answer.prefix(Int(length)))) else {
                return .failed("the name server's answer can't be read")
            }
            return .texts(parsed.texts)
        }
    }
}
