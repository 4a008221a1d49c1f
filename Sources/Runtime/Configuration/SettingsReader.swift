import Configuration

/// Looks a key up in options, environment and file, and says where it stood.
struct SettingsReader {
    private let flags: [String: String]
    private let environment: [String: String]
    private let file: SettingsFile
    private let reader: ConfigReader
    private var known: Set<String> = []

    init(flags: [String: String], environment: [String: String], file: SettingsFile) {
        self.flags = flags
        self.environment = environment
        self.file = file
        reader = ConfigReader(providers: [
            Self.provider("options", flags),
            EnvironmentVariablesProvider(environmentVariables: environment),
            Self.provider("file", file.values),
        ])
    }

    /// All keys begin with the product's name, which is so in the environment's variables too.
    private static func provider(_ name: String, _ values: [String: String]) -> InMemoryProvider {
        var keyed: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, value) in values {
            keyed[AbsoluteConfigKey(path(key), context: [:])] = ConfigValue(
                .string(value), isSecret: false)
        }
        return InMemoryProvider(name: name, values: keyed)
    }

    private static func path(_ key: String) -> [String] {
        ["budstikke"] + key.split(separator: ".").map(String.init)
    }

    private static func variable(_ key: String) -> String {
        path(key).joined(separator: "_").uppercased()
    }

    mutating func string(_ key: String) throws -> String? {
        known.insert(key)
        let value = reader.string(forKey: ConfigKey(Self.path(key)))
        return value?.isEmpty == true ? nil : value
    }

    mutating func number(_ key: String, _ range: ClosedRange<Int>, _ number: inout Int) throws {
        guard let text = try string(key) else { return }
        guard let value = Int(text), range.contains(value) else {
            throw ConfigurationError(
                "\(key): '\(text)', from \(source(of: key)), is not a number from"
                    + " \(range.lowerBound) to \(range.upperBound)")
        }
        number = value
    }

    mutating func choice(_ key: String, among choices: [String]) throws -> String? {
        guard let text = try string(key) else { return nil }
        guard choices.contains(text) else {
            throw ConfigurationError(
                "\(key): '\(text)', from \(source(of: key)), is not one of"
                    + " \(choices.joined(separator: ", "))")
        }
        return text
    }

    func source(of key: String) -> String {
        if flags[key] != nil { return "an option" }
        if environment[Self.variable(key)] != nil {
            return "the environment (\(Self.variable(key)))"
        }
        return file.path ?? "the defaults"
    }

    /// A key that is misspelt is no default.
    func refuseUnknownKeys() throws {
        for key in file.values.keys.sorted() where !known.contains(key) {
            let nearest = Nearest.name(to: key, among: known)
            throw ConfigurationError(
                "\(key): no such setting, in \(file.path ?? "the file")"
                    + (nearest.map { "; did you mean \($0)?" } ?? ""))
        }
    }
}
