import Foundation

/// A key or password: shown as dots wherever it is printed.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The value itself: for the wire and nothing else.
    package let value: String

    package init(_ value: String) {
        self.value = value
    }

    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
}

extension Secret {
    /// Reads a secret from its file: the one that is configured, or the credential that systemd
    /// laid into `$CREDENTIALS_DIRECTORY` under that name.
    ///
    /// A file that others may read is refused. The credential is not checked: systemd made it.
    package static func read(
        file: String?, credential: String, setting: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Secret {
        if let file { return try read(file, setting: setting, mayBeShared: false) }
        if let folder = environment["CREDENTIALS_DIRECTORY"] {
            return try read("\(folder)/\(credential)", setting: setting, mayBeShared: true)
        }
        throw ConfigurationError(
            "\(setting): names no file, and there is no credential \(credential);"
                + " write the key into a file of mode 600 and name it")
    }

    private static func read(
        _ path: String, setting: String, mayBeShared: Bool
    ) throws -> Secret {
        let manager = FileManager.default
        guard let attributes = try? manager.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular
        else { throw ConfigurationError("\(setting): there is no file \(path)") }
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard mayBeShared || mode & 0o077 == 0 else {
            throw ConfigurationError(
                "\(setting): others may read \(path); run chmod 600 \(path)")
        }
        guard let data = manager.contents(atPath: path),
            let text = String(data: data.prefix(4_096), encoding: .utf8)
        else { throw ConfigurationError("\(setting): \(path) can't be read") }
        let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !secret.isEmpty, !secret.contains(where: \.isWhitespace) else {
            throw ConfigurationError("\(setting): \(path) does not hold one key")
        }
        return Secret(secret)
    }
}
