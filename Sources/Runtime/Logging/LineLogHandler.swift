import Foundation
import FoundationEssentials
import Wire
package import Logging

/// Writes one line an event to standard error: the event first, then key=value.
///
/// A value that would not read back as one word is a JSON string. Nothing that a value holds can
/// begin a line or steer a terminal, for much of it comes from other people's mail servers.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let format: LogFormat
    private let isTerminal: Bool
    private let hasColour: Bool

    package init(label: String, format: LogFormat, level: Logger.Level) {
        self.init(
            label: label, format: format.fitting, level: level,
            isTerminal: Output.isErrorTerminal, hasColour: Output.hasColour)
    }

    init(
        label: String, format: LogFormat, level: Logger.Level, isTerminal: Bool, hasColour: Bool
    ) {
        self.label = label
        self.format = format
        self.isTerminal = isTerminal
        self.hasColour = hasColour
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var merged = metadata.merging(event.metadata ?? [:]) { $1 }
        if let error = event.error { merged["error"] = "\(error)" }
        let pairs = merged.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        Output.say(
            line(level: event.level, message: event.message.description, pairs: pairs, now: Date()))
    }

    /// The line, without its end.
    func line(
        level: Logger.Level, message: String, pairs: [(String, String)], now: Date
    ) -> String {
        switch format {
        case .json:
            let fields = [
                ("time", Self.time(now)), ("level", level.word), ("program", label),
                ("event", message),
            ]
            let members = (fields + pairs).map { "\($0.quotedAsJSON):\($1.quotedAsJSON)" }
            return "{\(members.joined(separator: ","))}"
        case .journal: return "<\(level.priority)>" + plain(message, pairs)
        case .auto, .text:
            // Whoever looks at a terminal knows what time it is; who reads a file later does not.
            let time = isTerminal ? "" : Self.time(now) + " "
            return time + coloured(level) + ": " + plain(message, pairs)
        }
    }

    private func plain(_ message: String, _ pairs: [(String, String)]) -> String {
        ([message.escapingInvisibles] + pairs.map { "\($0)=\(Self.word($1))" })
            .joined(separator: " ")
    }

    private static func word(_ value: String) -> String {
        let isWord =
            !value.isEmpty && value.escapingInvisibles == value
            && !value.contains { " \"=\\".contains($0) }
        return isWord ? value : value.quotedAsJSON
    }

    private func coloured(_ level: Logger.Level) -> String {
        guard hasColour, let colour = level.colour else { return level.word }
        return "\u{1b}[\(colour)m\(level.word)\u{1b}[0m"
    }

    /// RFC 3339 in UTC, to the millisecond.
    private static func time(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}

/// How log lines are written: for a person, for a machine, or for the journal.
package enum LogFormat: String, Sendable, CaseIterable {
    /// Text on a terminal, the journal's priorities where systemd reads, JSON elsewhere.
    case auto
    case text
    case json
    case journal
}

extension LogFormat {
    /// The format itself, or for `auto` the one that fits what standard error is.
    var fitting: LogFormat {
        guard self == .auto else { return self }
        if Output.isErrorTerminal { return .text }
        return Self.isJournal(2, ProcessInfo.processInfo.environment) ? .journal : .json
    }

    /// Whether a descriptor is the journal's own stream, as systemd.exec(5) tells to find out.
    ///
    /// That the variable is set is not enough: a child whose output was redirected inherits it.
    static func isJournal(_ descriptor: Int32, _ environment: [String: String]) -> Bool {
        guard let stream = environment["JOURNAL_STREAM"] else { return false }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }
}

extension Logger.Level {
    /// Postfix's words: info, warning, error.
    var word: String {
        switch self {
        case .trace, .debug: "debug"
        case .info, .notice: "info"
        case .warning: "warning"
        case .error, .critical: "error"
        }
    }

    /// syslog's priorities (sd-daemon(3)).
    var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    /// The terminal's colour for the word (ECMA-48, SGR), where it is to be seen.
    var colour: Int? {
        switch self {
        case .trace, .debug, .info, .notice: nil
        case .warning: 33
        case .error, .critical: 31
        }
    }
}
