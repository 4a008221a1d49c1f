import Foundation
import Postgres

/// A PostgreSQL of a test's own, to be broken: stopped, crashed, and asked for passwords.
package final class PrivateServer {
    package let conninfo: String
    private let folder: URL

    /// Starts it; `hba` are the lines of pg_hba.conf, where not everybody is to be let in.
    package init(hba: String? = nil) throws {
        folder = URL(filePath: "/tmp/budstikke-server-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // The server runs as another user where the tests run as root.
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o711], ofItemAtPath: folder.path())
        conninfo = try Self.call(["start", "--fast", folder.appending(path: "db").path()])
        if let hba {
            try hba.write(
                to: data.appending(path: "pg_hba.conf"), atomically: false, encoding: .utf8)
            let admin = try Connection(conninfo, applicationName: "budstikke-tests")
            try admin.run(script: "SELECT pg_reload_conf()")
        }
    }

    deinit {
        _ = try? Self.call(["stop", folder.appending(path: "db").path()])
        try? FileManager.default.removeItem(at: folder)
    }

    private var data: URL {
        folder.appending(path: "db/data")
    }

    /// Kills one of its processes, which it takes for a crash: all others end, and it recovers.
    package static func crash(process processID: Int32) {
        kill(processID, SIGKILL)
    }

    /// Not by Foundation's Process: it takes a script for running as long as the server that it
    /// left behind holds what it inherited.
    private static func call(_ words: [String]) throws -> String {
        let command = (["scripts/dev-database"] + words).joined(separator: " ")
        guard let output = popen(command, "r") else { throw PrivateServerError.refused(command) }
        var line = [CChar](repeating: 0, count: 4_096)
        let isRead = fgets(&line, Int32(line.count), output) != nil
        guard pclose(output) == 0 else { throw PrivateServerError.refused(command) }
        let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return isRead
            ? String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines) : ""
    }
}

package enum PrivateServerError: Error {
    case refused(String)
}
