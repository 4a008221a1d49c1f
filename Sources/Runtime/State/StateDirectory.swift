import Foundation

/// The folder in which a machine remembers what it has done, beside the database.
///
/// systemd's `STATE_DIRECTORY`, else the setting `state_directory`, else /var/lib/budstikke where
/// it is there and can be written, else the user's own by the XDG Base Directory Specification.
package struct StateDirectory: Hashable, Sendable {
    static let usual = "/var/lib/budstikke"

    package let path: String

    init(path: String) {
        self.path = path
    }

    /// Finds the folder, and makes it where it is not there yet.
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
        // systemd names several with colons between; ours is the first.
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
