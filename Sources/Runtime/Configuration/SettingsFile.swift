import Foundation
import Yams

/// The configuration file: YAML, sections of keys and plain values.
struct SettingsFile {
    /// nil where there is none, which is fine.
    var path: String?
    var values: [String: String] = [:]

    private static let places = ["budstikke.yaml", "/etc/budstikke/budstikke.yaml"]

    /// Reads the file that was named, or the first of the usual places that has one.
    static func read(named name: String?) throws -> SettingsFile {
        if let name {
            guard FileManager.default.fileExists(atPath: name) else {
                throw ConfigurationError("--config: there is no file \(name)")
            }
            return try read(name)
        }
        let place = places.first { FileManager.default.fileExists(atPath: $0) }
        return try place.map(read) ?? SettingsFile()
    }

    private static func read(_ path: String) throws -> SettingsFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError("\(path): can't be read; check its permissions")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw ConfigurationError("\(path): is not UTF-8")
        }
        let root: Any?
        do {
            root = try Yams.load(yaml: text)
        } catch let error as YamlError {
            let line = "\(error)".split(whereSeparator: \.isNewline).first.map(String.init)
            throw ConfigurationError("\(path): is not YAML: \(line ?? "unreadable")")
        }
        var file = SettingsFile(path: path)
        guard let root else { return file }
        guard let sections = root as? [String: Any] else {
            throw ConfigurationError("\(path): must hold keys and values")
        }
        try file.flatten(sections, prefix: "")
        return file
    }

    private mutating func flatten(_ section: [String: Any], prefix: String) throws {
        for (key, value) in section {
            switch value {
            case let inner as [String: Any]: try flatten(inner, prefix: prefix + key + ".")
            case is [Any]:
                throw ConfigurationError("\(prefix + key): a list, in \(path ?? ""); give a value")
            case is NSNull: continue
            default: values[prefix + key] = "\(value)"
            }
        }
    }
}
