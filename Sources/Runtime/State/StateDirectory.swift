package import Dispatching
package import Foundation

/// The folder in which a machine remembers what it has done, outside of the database.
///
/// It is systemd's `STATE_DIRECTORY`, else the setting `state_directory`, else /var/lib/budstikke
/// if that exists and is writable, else the user's own by the XDG Base Directory Specification.
package struct StateDirectory: Hashable, Sendable {
    static let usual = "/var/lib/budstikke"

    /// The folder's path, as it was configured or found.
    package let path: String

    init(path: String) {
        self.path = path
    }

    /// Finds the folder, and creates it if necessary.
    ///
    /// Throws `ConfigurationError` where there is no candidate, and `UsageError` where the folder
    /// can't be used.
    package static func find(
        setting: String?, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> StateDirectory {
        guard let path = place(setting: setting, environment: environment) else {
            throw ConfigurationError(
                "state_directory: name one: there is no \(usual) that can be written, and no home")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw refusal(of: path, ProgramFailure.explain(error).line)
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            throw refusal(of: path, String(cString: strerror(errno)))
        }
        return StateDirectory(path: path)
    }

    private static func place(setting: String?, environment: [String: String]) -> String? {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        // systemd separates several with colons; ours is the first.
        if let given = value("STATE_DIRECTORY")?.split(separator: ":").first {
            return String(given)
        }
        if let setting { return setting }
        if access(usual, R_OK | W_OK | X_OK) == 0 { return usual }
        if let state = value("XDG_STATE_HOME") { return "\(state)/budstikke" }
        return value("HOME").map { "\($0)/.local/state/budstikke" }
    }

    static func refusal(of path: String, _ reason: String) -> UsageError {
        UsageError(
            "the state directory \(path) can't be used: \(reason); name another by"
                + " state_directory", exit: .inputOutput)
    }
}

/// What this machine remembers about one database: a file in the state directory, named after the
/// database's identity.
///
/// It is replaced as a whole and its mark never decreases. All runs on the machine may write it
/// concurrently: each holds the folder's lock while it reads, merges and writes.
package struct MarkFile: Sendable {
    private static let form = "budstikke-mark-1"

    private let directory: StateDirectory
    private let name: String

    /// The file for the database with this identity; it need not exist yet.
    package init(_ directory: StateDirectory, identity: UUID) {
        self.directory = directory
        name = identity.uuidString.lowercased()
    }

    /// The file's absolute path.
    package var path: String { "\(directory.path)/\(name)" }

    /// What is remembered; nil where there is no file, or an unreadable one.
    ///
    /// A file torn by a power failure counts as none: the machine starts over as if it had never
    /// used the database. Throws `UsageError` where the file can't be read.
    package func read() throws -> SeenMark? {
        do {
            let file = try SmallFile.read(path, sizeBytesMax: 4_096)
            return Self.decode(String(decoding: file.bytes, as: UTF8.self))
        } catch SmallFile.Failure.absent {
            return nil
        } catch {
            throw refusal("\(name) \(error)")
        }
    }

    /// Merges a mark into what is remembered; throws `UsageError` where it can't be written.
    ///
    /// With `isDurable` it waits until the data is on disk. Without, the mark survives the program,
    /// but not a power failure: what is remembered is then slightly older, and still true.
    package func remember(_ mark: SeenMark, isDurable: Bool) throws {
        let folder = open(directory.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw refusal() }
        defer { close(folder) }
        guard flock(folder, LOCK_EX) == 0 else { throw refusal() }
        let joined = try read().map { $0.joined(with: mark) } ?? mark
        let temporary = "\(path).new"
        try write(Self.encode(joined), to: temporary, as: folder, isDurable: isDurable)
        guard rename(temporary, path) == 0, !isDurable || fsync(folder) == 0 else {
            throw refusal()
        }
    }

    private func write(
        _ text: String, to temporary: String, as folder: Int32, isDurable: Bool
    ) throws {
        // Left behind by a process killed between writing and renaming.
        unlink(temporary)
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw refusal() }
        defer { close(file) }
        try changeOwner(of: folder, file)
        let bytes = Array(text.utf8)
        let written = bytes.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
        guard written == bytes.count else { throw refusal() }
        guard !isDurable || fsync(file) == 0 else { throw refusal() }
    }

    /// A file that root writes by hand must stay accessible to the user that the services run as.
    private func changeOwner(of folder: Int32, _ file: Int32) throws {
        guard geteuid() == 0 else { return }
        var status = stat()
        guard fstat(folder, &status) == 0, fchown(file, status.st_uid, status.st_gid) == 0 else {
            throw refusal()
        }
    }

    private func refusal(_ reason: String = String(cString: strerror(errno))) -> UsageError {
        StateDirectory.refusal(of: directory.path, reason)
    }

    static func encode(_ mark: SeenMark) -> String {
        "\(form) \(mark.stateID.uuidString.lowercased()) \(mark.own) \(mark.highest)\n"
    }

    static func decode(_ text: String) -> SeenMark? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard text.hasSuffix("\n"), words.count == 4, words[0] == form,
            let stateID = UUID(uuidString: String(words[1])), let own = Int64(words[2]),
            let highest = Int64(words[3].dropLast())
        else { return nil }
        return SeenMark(stateID: stateID, own: own, highest: highest)
    }
}
