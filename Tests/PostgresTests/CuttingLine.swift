import Foundation
import Glibc

/// A line to the server that breaks, or falls silent, at a word of the client's: it stands between one connection and its server.
///
/// It listens on a socket of its own and carries the bytes both ways, one connection only.
final class CuttingLine: Sendable {
    enum Cut: Sendable {
        /// The server gets COMMIT and answers, and the line breaks before the answer is carried.
        case answerToCommit
        /// The line breaks with COMMIT on it.
        case commit
        /// So many bytes are carried back from when the word came, and the line breaks.
        case answer(to: String, bytes: Int)
        /// What holds the word is never carried, and nothing after it; the line stays open.
        case silence(at: String)

        /// The client's bytes that this is about hold it.
        var word: String {
            switch self {
            case .answerToCommit, .commit: "COMMIT"
            case .answer(let word, _), .silence(let word): word
            }
        }
    }

    let conninfo: String
    private let folder: URL

    /// The conninfo is that of a server on a socket, as scripts/dev-database prints it.
    init(to conninfo: String, cuts cut: Cut) throws {
        let words = Dictionary(
            conninfo.split(separator: " ").compactMap { word -> (String, String)? in
                let parts = word.split(separator: "=", maxSplits: 1)
                return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
            }, uniquingKeysWith: { $1 })
        let socketName = ".s.PGSQL.\(words["port"] ?? "5432")"
        let server = "\(words["host"] ?? "")/\(socketName)"
        folder = URL(filePath: "/tmp/budstikke-line-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let listener = try Self.socket(at: "\(folder.path())/\(socketName)") { socket, address in
            bind(socket, address, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
                && listen(socket, 1) == 0
        }
        self.conninfo = conninfo.replacing(
            "host=\(words["host"] ?? "")", with: "host=\(folder.path())")
        Thread.detachNewThread { try? Self.carry(from: listener, to: server, cut) }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private static func carry(from listener: Int32, to server: String, _ cut: Cut) throws {
        let client = accept(listener, nil, nil)
        close(listener)
        defer { close(client) }
        let server = try socket(at: server) { socket, address in
            connect(socket, address, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
        }
        defer { close(server) }
        // How much more may be carried back, where that is bounded.
        var left: Int?
        while left != 0 {
            var ends = [client, server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&ends, nfds_t(ends.count), -1) > 0 else { return }
            if ends[0].revents != 0 {
                guard let bytes = read(client), send(bytes, client, server, cut, &left) else {
                    return
                }
            }
            if ends[1].revents != 0 {
                guard let bytes = read(server) else { return }
                write(Array(bytes.prefix(left ?? .max)), to: client)
                left = left.map { max(0, $0 - bytes.count) }
            }
        }
    }

    /// Carries what the client says; false where the line is to break.
    private static func send(
        _ bytes: [UInt8], _ client: Int32, _ server: Int32, _ cut: Cut, _ left: inout Int?
    ) -> Bool {
        guard bytes.contains(Array(cut.word.utf8)) else {
            write(bytes, to: server)
            return true
        }
        switch cut {
        case .commit: return false
        case .answerToCommit:
            write(bytes, to: server)
            _ = read(server)
            return false
        case .answer(_, let count):
            left = left ?? count
            write(bytes, to: server)
            return true
        case .silence:
            while read(client) != nil {}
            return false
        }
    }

    private static func read(_ socket: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = Glibc.read(socket, &bytes, bytes.count)
        return count > 0 ? Array(bytes.prefix(count)) : nil
    }

    private static func write(_ bytes: [UInt8], to socket: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private struct SocketError: Error {
        let path: String
        let reason = String(cString: strerror(errno))
    }

    private static func socket(
        at path: String, _ open: (Int32, UnsafePointer<sockaddr>) -> Bool
    ) throws -> Int32 {
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        let isOpen = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { open(socket, $0) }
        }
        guard isOpen else { throw SocketError(path: path) }
        return socket
    }
}
