import Foundation
package import Dispatching

extension Secret {
    /// A provider's key has 69 characters; a token of any kind is far below this.
    private static let sizeBytesMax = 4_096

    /// Reads a secret from its file: the one that is configured, or the credential that systemd
    /// laid into `$CREDENTIALS_DIRECTORY` under that name.
    ///
    /// A file that others may read is refused. The mode of a credential is not looked at, since
    /// systemd guards it by an access list that shows in the group's bits.
    package static func read(
        file: String?, credential: String, setting: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Secret {
        if let file {
            let contents = try read(file, setting)
            guard contents.mode & 0o077 == 0 else {
                throw ConfigurationError(
                    "\(setting): others may read \(file); run chmod 600 \(file),"
                        + " and take a new key if they did")
            }
            return try secret(in: contents, path: file, setting)
        }
        if let path = credentialPath(credential, environment) {
            return try secret(in: try read(path, setting), path: path, setting)
        }
        throw ConfigurationError(
            "\(setting): names no file, and there is no credential \(credential);"
                + " write the key into a file of mode 600 and name it")
    }

    /// Where systemd laid a credential, if it did.
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

    /// One word: a file of several lines is some other file.
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

extension Settings.Provider {
    /// The keys that an account has.
    private enum Keys {
        /// One for all, or one that sends and another for the rest.
        case ofAPI
        /// A relay user's password, where somebody logs in, and a mailbox user's.
        case passwords(logsIn: Bool)
    }

    private var keys: Keys {
        switch vendor {
        case .success(.sendgrid), .success(.postmark), .success(.mailgun), .failure: .ofAPI
        case .success(.smtp(.success(let relay), _)): .passwords(logsIn: relay.relayUser != nil)
        // What is missing is told when the account is opened.
        case .success(.smtp(.failure, _)): .passwords(logsIn: false)
        }
    }

    /// The key that sends; an empty one for a relay that nobody logs in to.
    package func sendingKey(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Secret {
        if case .passwords(logsIn: false) = keys { return Secret("") }
        return try Secret.read(
            file: apiKeyFile, credential: "api-key", setting: "provider.api_key_file",
            environment: environment)
    }

    /// The key by which what is in doubt is looked up; an empty one where nobody can be asked.
    package func lookUpKey(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Secret {
        if case .passwords = keys { return Secret("") }
        return try reconcilingKey(environment: environment)
    }

    /// The key by which lists are read and lifted; an empty one where the lists are our own.
    package func listKey(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Secret {
        try lookUpKey(environment: environment)
    }

    /// The key that polls and lifts: its own where there is one, else the sending key.
    ///
    /// A bounce mailbox always has its own: the relay's password is another's.
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
