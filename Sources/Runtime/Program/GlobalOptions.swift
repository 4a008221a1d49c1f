package import ArgumentParser
package import FoundationEssentials
import Invoicing

/// The options shared by all programs; what each means is its help text, and nil is an option that
/// was not given.
package struct GlobalOptions: ParsableArguments, Sendable {
    @Option(
        help: ArgumentHelp(
            "The configuration file.",
            discussion: "Without it: budstikke.yaml here, or /etc/budstikke/budstikke.yaml.",
            valueName: "file"))
    package var config: String?

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "Run as if it were this date (2026-11-24) or instant (2026-11-24T03:10:00Z).",
            valueName: "time"),
        transform: GlobalOptions.instant)
    package var asOf: Date?

    @Flag(
        name: .customLong("future"),
        help: "Let --as-of be a day after today, and do what is done then for real.")
    package var isFuture = false

    @Option(
        help: ArgumentHelp("Only this tenant.", valueName: "number"),
        transform: GlobalOptions.positive)
    package var tenant: Int64?

    @Option(
        help: ArgumentHelp("At most this many items.", valueName: "number"),
        transform: GlobalOptions.positive)
    package var limit: Int?

    @Flag(name: .customLong("dry-run"), help: "Change nothing, and say what would be done.")
    package var isDryRun = false

    @Flag(name: .customLong("json"), help: "Print results as JSON, a line each.")
    package var isJSON = false

    @Flag(
        name: [.customLong("quiet"), .customShort("q")],
        help: "Print no summary where nothing failed: for cron, which mails what is printed.")
    package var isQuiet = false

    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp("debug, info, warning or error.", valueName: "level"),
        transform: GlobalOptions.level)
    package var logLevel: String?

    package init() {}

    /// The accepted log levels; the logging library has others in between.
    static let logLevels = ["debug", "info", "warning", "error"]

    /// Parses a date or an instant (RFC 3339); throws `ValidationError` otherwise.
    ///
    /// A date means noon UTC, which falls on that date in every zone where invoices are made.
    package static func instant(_ text: String) throws -> Date {
        if CivilDate(text) != nil, let noon = try? Date(text + "T12:00:00Z", strategy: .iso8601) {
            return noon
        }
        // Foundation's parser accepts hour 25, and ignores trailing characters.
        let form =
            /(\d{4}-\d\d-\d\d)T([01]\d|2[0-3])(:[0-5]\d){2}(Z|[+-]([01]\d|2[0-3]):[0-5]\d)/
        if let parts = text.wholeMatch(of: form), CivilDate(String(parts.1)) != nil,
            let instant = try? Date(text, strategy: .iso8601)
        {
            return instant
        }
        throw ValidationError(
            "'\(text)' is neither a date (2026-11-24) nor an instant (2026-11-24T03:10:00Z)")
    }

    /// Throws on a day after today, unless it is a dry run or `--future` confirms it.
    ///
    /// Today is the date in `zone`, and a date without a time is compared as written.
    package func checkFuture(now: Date = Date(), zone: TimeZone = .current) throws {
        guard let asOf, asOf > now, !isDryRun, !isFuture else { return }
        let asked = Self.day(of: asOf, in: .gmt)
        let today = Self.day(of: now, in: zone)
        guard asked > today else { return }
        throw UsageError(
            "--as-of: \(asked) is after today, \(today); add --dry-run to rehearse it, or --future"
                + " to do for real what is done then")
    }

    private static func day(of instant: Date, in zone: TimeZone) -> CivilDate {
        let local = instant.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: instant))
        return CivilDate(daysSinceEpoch: Int((local / 86_400).rounded(.down)))
    }

    private static func positive<Number: FixedWidthInteger & Sendable>(
        _ text: String
    ) throws -> Number {
        guard let number = Number(text), number > 0 else {
            throw ValidationError("'\(text)' is not a number above zero")
        }
        return number
    }

    private static func level(_ text: String) throws -> String {
        guard logLevels.contains(text) else {
            throw ValidationError("'\(text)' is not debug, info, warning or error")
        }
        return text
    }
}
