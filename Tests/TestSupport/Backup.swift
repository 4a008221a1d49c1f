package import Foundation

/// A dump of a database, as an operator takes it.
package struct Dump {
    private let path: String

    /// Dumps what stands in the database now.
    package init(of database: TestDatabase, in folder: URL) throws {
        path = folder.appending(path: "\(UUID().uuidString).dump").path()
        _ = try Tool.run(
            "/usr/bin/pg_dump", "--format=custom", "--file=\(path)",
            "--dbname=\(database.conninfo)")
    }

    /// Puts a database back to where it was: what it holds is dropped.
    package func restore(into database: TestDatabase) throws {
        _ = try Tool.run(
            "/usr/bin/pg_restore", "--clean", "--if-exists", "--exit-on-error",
            "--dbname=\(database.conninfo)", path)
    }

    /// A new database of it.
    package func restored() throws -> TestDatabase {
        let database = try TestDatabase.empty()
        _ = try Tool.run(
            "/usr/bin/pg_restore", "--exit-on-error", "--dbname=\(database.conninfo)", path)
        return database
    }
}

/// A PostgreSQL of a test's own, of which base backups are taken; stopped when the test is over.
package final class StandbyServer {
    /// libpq's connection string.
    package private(set) var conninfo = ""
    private let folder: String

    package init() throws {
        folder = try Self.newFolder()
        conninfo = try Self.script("start", "--fast", folder)
    }

    /// A base backup of another, taken now and not started yet.
    package init(backupOf other: StandbyServer) throws {
        folder = try Self.newFolder()
        _ = try Self.script("copy", other.folder, folder)
    }

    deinit {
        try? stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    package func resume() throws {
        conninfo = try Self.script("resume", folder)
    }

    package func stop() throws {
        _ = try Self.script("stop", folder)
    }

    private static func newFolder() throws -> String {
        "\(NSTemporaryDirectory())budstikke-server-\(UUID().uuidString.prefix(8))"
    }

    private static func script(_ arguments: String...) throws -> String {
        try Tool.run("scripts/dev-database", arguments)
    }
}

/// A program that is not ours, run to its end.
enum Tool {
    struct Failure: Error {
        var words: String
    }

    /// - Returns: what it printed, without the last line's end.
    static func run(_ path: String, _ arguments: String...) throws -> String {
        try run(path, arguments)
    }

    static func run(_ path: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        let (output, errors) = (try file(), try file())
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        let (printed, words) = (try taken(output), try taken(errors))
        guard process.terminationStatus == 0 else { throw Failure(words: "\(path): \(words)") }
        return printed
    }

    /// A file and not a pipe: a server that is started holds on to it.
    private static func file() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data().write(to: url)
        return url
    }

    private static func taken(_ url: URL) throws -> String {
        defer { try? FileManager.default.removeItem(at: url) }
        return try String(contentsOf: url, encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
