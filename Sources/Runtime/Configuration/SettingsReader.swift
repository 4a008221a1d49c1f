import Configuration
import Invoicing

/// Looks a key up in options, environment and file, and reports which of them it came from.
struct SettingsReader {
    private let flags: [String: String]
    private let environment: [String: String]
    private let file: SettingsFile
    private let reader: ConfigReader
    private var known: Set<String> = []

    /// `flags` are the settings given as command-line options, by key.
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

    /// All keys begin with the product's name, as the environment variables do.
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

    /// The value; nil where it is absent or empty, which means the default.
    mutating func string(_ key: String) -> String? {
        known.insert(key)
        let value = reader.string(forKey: ConfigKey(Self.path(key)))
        return value?.isEmpty == true ? nil : value
    }

    mutating func number(_ key: String, _ range: ClosedRange<Int>, _ number: inout Int) throws {
        guard let text = string(key) else { return }
        guard let value = Int(text), range.contains(value) else {
            throw refusal(
                of: text, key, allowed: "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        number = value
    }

    /// A duration in whole seconds, written with its unit: `30s`, `15m`, `2h` or `5d`.
    mutating func duration(
        _ key: String, _ range: ClosedRange<Int>, _ seconds: inout Int
    ) throws {
        guard let text = string(key) else { return }
        guard let value = DurationText.seconds(text), range.contains(value) else {
            let lowest = DurationText.text(range.lowerBound)
            let highest = DurationText.text(range.upperBound)
            throw refusal(
                of: text, key,
                allowed: "a duration from \(lowest) to \(highest), as 30s, 15m, 2h or 5d")
        }
        seconds = value
    }

    mutating func choice(_ key: String, among choices: [String]) throws -> String? {
        guard let text = string(key) else { return nil }
        guard choices.contains(text) else {
            throw refusal(of: text, key, allowed: "one of \(choices.joined(separator: ", "))")
        }
        return text
    }

    /// One of an enum's raw values; an error lists them in declaration order.
    mutating func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ key: String
    ) throws -> Choice? {
        try choice(key, among: Choice.allCases.map(\.rawValue)).flatMap(Choice.init)
    }

    /// Parses a text; `allowed` describes valid values in words.
    mutating func value<Value>(
        _ key: String, allowed: String, _ read: (String) -> Value?
    ) throws -> Value? {
        guard let text = string(key) else { return nil }
        guard let value = read(text) else { throw refusal(of: text, key, allowed: allowed) }
        return value
    }

    /// A value that passes the given test; `allowed` describes valid values in words.
    mutating func string(
        _ key: String, allowed: String, where isAllowed: (String) -> Bool
    ) throws -> String? {
        try value(key, allowed: allowed) { isAllowed($0) ? $0 : nil }
    }

    private func refusal(of text: String, _ key: String, allowed: String) -> ConfigurationError {
        ConfigurationError(key, value: text, source: source(of: key), allowed: allowed)
    }

    /// The source of a key's value, for people.
    func source(of key: String) -> String {
        if flags[key] != nil { return "an option" }
        if environment[Self.variable(key)] != nil {
            return "the environment (\(Self.variable(key)))"
        }
        return file.values[key] == nil ? "the defaults" : file.place(of: key) ?? "the file"
    }

    /// Refuses unknown keys, so that a misspelt one does not silently fall back to its default.
    ///
    /// The environment is shared with other programs, so only a near miss is treated as a mistake
    /// there.
    func refuseUnknownKeys() throws {
        for key in file.values.keys.sorted() where !known.contains(key) {
            throw ConfigurationError(
                "\(key): no such setting, in \(file.place(of: key) ?? "the file")" + advice(on: key)
            )
        }
        let variables = Set(known.map(Self.variable))
        for name in environment.keys.sorted()
        where name.hasPrefix("BUDSTIKKE_") && !variables.contains(name) {
            guard let nearest = NearestName.of(name, among: variables, editsMax: 2)
            else { continue }
            throw ConfigurationError(
                "\(name): no such setting, in the environment; did you mean \(nearest)?")
        }
    }

    private func advice(on key: String) -> String {
        let inner = known.sorted().filter { $0.hasPrefix(key + ".") }
        if let first = inner.first { return "; it is a section, of \(first) and others" }
        let nearest = NearestName.of(key, among: known)
        return nearest.map { "; did you mean \($0)?" } ?? ""
    }
}

/// A duration as people write it: a whole number and a unit, as `30s`, `15m`, `2h` or `5d`.
///
/// A day is 24 hours.
enum DurationText {
    private static let units: [(name: Character, seconds: Int)] = [
        ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1),
    ]

    /// nil also for a number without a unit, since 90 would be ambiguous.
    static func seconds(_ text: String) -> Int? {
        guard let unit = units.first(where: { $0.name == text.last }) else { return nil }
        let digits = text.dropLast()
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
            let count = Int(digits)
        else { return nil }
        let (seconds, isTooLarge) = count.multipliedReportingOverflow(by: unit.seconds)
        return isTooLarge ? nil : seconds
    }

    /// Uses the largest unit that divides it evenly.
    static func text(_ seconds: Int) -> String {
        let unit = units.first { seconds >= $0.seconds && seconds.isMultiple(of: $0.seconds) }
        guard let unit else { return "\(seconds)s" }
        return "\(seconds / unit.seconds)\(unit.name)"
    }
}
