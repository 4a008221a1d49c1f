import Foundation
import Glibc

/// A line to the server that breaks at COMMIT: it stands between one connection and its server.
///
/// It listens on a socket of its own and carries the bytes both ways, one connection only.
final class CuttingLine: Sendable {
    enum Cut: Sendable {
        /// The server gets COMMIT and answers, and the line breaks before the answer is carried.
        case answerToCommit
        /// The line breaks with COMMIT on it.
        case commit
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
        while true {
            var ends = [client, server].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&ends, nfds_t(ends.count), -1) > 0 else { return }
            for (end, other) in [(0, server), (1, client)] where ends[end].revents != 0 {
                guard let bytes = read(ends[end].fd) else { return }
                let isCommit = end == 0 && bytes.contains(Array("COMMIT".utf8))
                guard !(isCommit && cut == .commit) else { return }
                write(bytes, to: other)
                guard !isCommit else {
                    _ = read(server)
                    return
                }
            }
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
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
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
