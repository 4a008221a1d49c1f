import Glibc
import Yams

/// The configuration file: YAML with sections of keys and scalar values.
struct SettingsFile {
    /// nil where there is no file, which is allowed.
    var path: String?
    var values: [String: String] = [:]
    /// The line number of each value.
    private var lines: [String: Int] = [:]

    /// Where the file is looked for, in this order, if none is named.
    static let usualPlaces = ["budstikke.yaml", "/etc/budstikke/budstikke.yaml"]

    /// A file with all settings and their comments has 5 kB.
    private static let sizeBytesMax = 1_048_576

    /// Reads the named file, or the first of the usual places that has one.
    static func read(named name: String?, places: [String] = usualPlaces) throws -> SettingsFile {
        if let name {
            do {
                return try parse(SmallFile.read(name, sizeBytesMax: sizeBytesMax), path: name)
            } catch let failure as SmallFile.Failure {
                throw ConfigurationError("--config: \(name) \(failure)")
            }
        }
        for place in places {
            do {
                let file = try SmallFile.read(place, sizeBytesMax: sizeBytesMax)
                guard file.owner == 0 || file.owner == geteuid() else {
                    throw ConfigurationError(
                        "\(place): belongs to another user; name it by --config if it is meant")
                }
                return try parse(file, path: place)
            } catch SmallFile.Failure.absent {
                continue
            } catch let failure as SmallFile.Failure {
                throw ConfigurationError("\(place): \(failure)")
            }
        }
        return SettingsFile()
    }

    /// The position of a value, for people: `budstikke.yaml:12`, or the file's path alone for a key
    /// that it does not have; nil where there is no file.
    func place(of key: String) -> String? {
        guard let path, let line = lines[key] else { return path }
        return "\(path):\(line)"
    }

    static func parse(_ file: SmallFile, path: String) throws -> SettingsFile {
        guard file.mode & 0o002 == 0 else {
            throw ConfigurationError("\(path): anybody may write it; run chmod o-w \(path)")
        }
        guard let text = String(validating: file.bytes, as: UTF8.self) else {
            throw ConfigurationError("\(path): is not UTF-8")
        }
        var settings = SettingsFile(path: path)
        try refuseAliases(text, path: path)
        guard let root = try compose(text, path: path), root.null == nil else { return settings }
        guard let mapping = root.mapping else {
            throw ConfigurationError("\(path): must hold keys and values")
        }
        try settings.flatten(mapping, prefix: "")
        return settings
    }

    /// Values keep their spelling: YAML 1.1 would read the country code `no` as false.
    private mutating func flatten(_ section: Node.Mapping, prefix: String) throws {
        for (name, value) in section {
            let line = name.mark?.line ?? 0
            guard let name = name.scalar?.string, !name.isEmpty else {
                throw ConfigurationError("\(path ?? ""):\(line): a key must be a word")
            }
            let key = prefix + name
            lines[key] = line
            switch value {
            case .mapping(let inner): try flatten(inner, prefix: key + ".")
            case .scalar(let scalar): values[key] = value.null == nil ? scalar.string : nil
            case .sequence, .alias:
                throw ConfigurationError("\(key): a list, in \(place(of: key) ?? ""); give a value")
            }
        }
    }

    /// Refuses aliases (YAML 1.2, 7.1) before any is expanded: a few lines of nested ones stand for
    /// more values than fit into any memory.
    ///
    /// Read with its anchors as tags, the file has an alias exactly where the parser misses its
    /// anchor.
    private static func refuseAliases(_ text: String, path: String) throws {
        guard text.utf8.contains(UInt8(ascii: "*")) else { return }
        do {
            _ = try Yams.compose(yaml: text.replacing("&", with: "!"))
        } catch YamlError.composer(_, "found undefined alias", let mark, _) {
            throw ConfigurationError(
                "\(path):\(mark.line): holds an alias (*); write the value in its place")
        } catch let error as YamlError {
            throw ConfigurationError(problem(error, path: path))
        }
    }

    private static func compose(_ text: String, path: String) throws -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw ConfigurationError(problem(error, path: path))
        }
    }

    /// Condenses Yams' multi-line message to one line.
    private static func problem(_ error: YamlError, path: String) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "\(path):\(mark.line): is not YAML: \(problem)"
        case .duplicatedKeysInMapping(let keys, let context):
            "\(path):\(context.mark.line): holds \(keys.sorted().joined(separator: ", ")) twice"
        default: "\(path): is not YAML; it may hold a control character"
        }
    }
}

/// A small file read whole, with the owner and mode it had while open.
///
/// Mode and bytes come from one descriptor, so nobody can swap the file in between.
struct SmallFile {
    let bytes: [UInt8]
    /// The permission bits, as `0o600`.
    let mode: UInt32
    let owner: UInt32

    enum Failure: Error {
        case absent
        case notAFile
        case tooLarge
        /// The system's own message.
        case unreadable(String)
    }

    static func read(_ path: String, sizeBytesMax: Int) throws(Failure) -> SmallFile {
        // Without O_NONBLOCK a named pipe would block the program forever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR ? .absent : .unreadable(reason())
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(reason()) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        let bytes = try readAll(descriptor, sizeBytesMax: sizeBytesMax)
        return SmallFile(bytes: bytes, mode: status.st_mode & 0o777, owner: status.st_uid)
    }

    private static func readAll(
        _ descriptor: Int32, sizeBytesMax: Int
    ) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: sizeBytesMax + 1)
        var count = 0
        while count < bytes.count {
            let read = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if read < 0 {
                if errno == EINTR { continue }
                throw .unreadable(reason())
            }
            if read == 0 { break }
            count += read
        }
        guard count <= sizeBytesMax else { throw .tooLarge }
        return Array(bytes[..<count])
    }

    private static func reason() -> String {
        String(cString: strerror(errno))
    }
}

extension SmallFile.Failure: CustomStringConvertible {
    /// Completes a sentence that begins with the file's name.
    var description: String {
        switch self {
        case .absent: "does not exist"
        case .notAFile: "is not a regular file"
        case .tooLarge: "is too large"
        case .unreadable(let reason): "can't be read: \(reason)"
        }
    }
}
