package import ArgumentParser
package import FoundationEssentials
import Logging

/// The options that all programs take.
package struct GlobalOptions: ParsableArguments, Sendable {
    @Option(help: "The configuration file (default: ./budstikke.yaml, /etc/budstikke/…).")
    package var config: String?

    @Option(
        name: .customLong("as-of"),
        help: "Run as if it were this date (2026-11-24) or instant (2026-11-24T03:10:00Z).",
        transform: GlobalOptions.instant)
    package var asOf: Date?

    @Option(help: "Only this tenant.")
    package var tenant: Int64?

    @Option(help: "At most this many.", transform: GlobalOptions.positive)
    package var limit: Int?

    @Flag(name: .customLong("dry-run"), help: "Change nothing, and say what would be done.")
    package var isDryRun = false

    @Flag(name: .customLong("json"), help: "Print results as JSON, a line each.")
    package var isJSON = false

    @Option(
        name: .customLong("log-level"), help: "debug, info, warning or error.",
        transform: GlobalOptions.level)
    package var logLevel: String?

    package init() {}

    /// A date is its noon in UTC, which is that date in every zone where invoices are made.
    package static func instant(_ text: String) throws -> Date {
        let formats = [text, text + "T12:00:00Z"]
        for format in formats {
            if let date = try? Date(format, strategy: .iso8601) { return date }
        }
        throw ValidationError(
            "'\(text)' is neither a date (2026-11-24) nor an instant (2026-11-24T03:10:00Z)")
    }

    private static func positive(_ text: String) throws -> Int {
        guard let number = Int(text), number > 0 else {
            throw ValidationError("'\(text)' is not a number above zero")
        }
        return number
    }

    private static func level(_ text: String) throws -> String {
        guard Logger.Level(rawValue: text) != nil else {
            throw ValidationError("'\(text)' is not debug, info, warning or error")
        }
        return text
    }
}
