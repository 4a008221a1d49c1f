import Foundation
package import Dispatching

extension Secret {
    /// A provider's key has 69 characters; any token is far smaller than this.
    private static let sizeBytesMax = 4_096

    /// Reads a secret from the credential that systemd placed in `$CREDENTIALS_DIRECTORY` under that
    /// name, or else from the configured file.
    ///
    /// So one line of the configuration serves the units, which are given the credential, and the
    /// commands that a person runs. A file that others may read is refused; root's own may be read
    /// by the group that root gave it to. The mode of a credential is not checked, because systemd
    /// guards it by an access control list, which shows up in the group bits.
    package static func read(
        file: String?, credential: String, setting: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Secret {
        if let path = credentialPath(credential, environment) {
            return try secret(in: try read(path, setting), path: path, setting)
        }
        if let file {
            let contents = try read(file, setting)
            guard contents.mode & 0o077 & ~contents.modeOfSecrets == 0 else {
                throw ConfigurationError(
                    "\(setting): others may read \(file); run"
                        + " chmod \(String(contents.modeOfSecrets, radix: 8)) \(file),"
                        + " and take a new key if they did")
            }
            return try secret(in: contents, path: file, setting)
        }
        throw ConfigurationError(
            "\(setting): names no file, and there is no credential \(credential);"
                + " write the key into a file of mode 600 and name it")
    }

    /// The path of a systemd credential; nil where systemd has provided none.
    static func credentialPath(_ name: String, _ environment: [String: String]) -> String? {
        guard let folder = environment["CREDENTIALS_DIRECTORY"] else { return nil }
        let path = "\(folder)/\(name)"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    private static func read(_ path: String, _ setting: String) throws -> SmallFile {
        do {
            return try SmallFile.read(path, sizeBytesMax: sizeBytesMax)
        } catch {
            throw ConfigurationError("\(setting): \(path) \(error)")
        }
    }

    /// The secret is a single word: a file with several lines must be some other file.
    private static func secret(
        in contents: SmallFile, path: String, _ setting: String
    ) throws -> Secret {
        let text = String(validating: contents.bytes, as: UTF8.self)?
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard let text, !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw ConfigurationError("\(setting): \(path) does not hold one key on one line")
        }
        return Secret(text)
    }
}

extension SmallFile {
    /// The most that a file of secrets may allow: its owner to read and write it and, where that
    /// is root, its group to read it.
    fileprivate var modeOfSecrets: UInt32 { owner == 0 ? 0o640 : 0o600 }
}

extension Settings.Provider {
    /// Which keys an account uses.
    private enum Keys {
        /// One key for everything, or one for sending and another for the rest.
        case ofAPI
        /// A relay user's password, if the relay requires a login, and a mailbox user's.
        case passwords(logsIn: Bool)
    }

    private var keys: Keys {
        switch vendor {
        case .success(.sendgrid), .success(.postmark), .success(.mailgun), .failure: .ofAPI
        case .success(.smtp(.success(let relay), _)): .passwords(logsIn: relay.relayUser != nil)
        // Missing settings are reported when the account is opened.
        case .success(.smtp(.failure, _)): .passwords(logsIn: false)
        }
    }

    /// The key used for sending; empty for a relay that requires no login.
    package func sendingKey(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Secret {
        if case .passwords(logsIn: false) = keys { return Secret("") }
        return try Secret.read(
            file: apiKeyFile, credential: "api-key", setting: "provider.api_key_file",
            environment: environment)
    }

    /// The key used to look up submissions in doubt; empty where there is nobody to ask.
    package func lookUpKey(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Secret {
        if case .passwords = keys { return Secret("") }
        return try reconcilingKey(environment: environment)
    }

    /// The key used to read suppression lists and lift entries; empty where the lists are our own.
    package func listKey(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Secret {
        try lookUpKey(environment: environment)
    }

    /// The key used for polling and lifting: a separate one if configured, else the sending key.
    ///
    /// A bounce mailbox always has its own, because the relay's password belongs to another
    /// account.
    package func reconcilingKey(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Secret {
        if case .ofAPI = keys, reconcileKeyFile == nil,
            Secret.credentialPath("reconcile-key", environment) == nil
        {
            return try sendingKey(environment: environment)
        }
        return try Secret.read(
            file: reconcileKeyFile, credential: "reconcile-key",
            setting: "provider.reconcile_key_file", environment: environment)
    }
}
