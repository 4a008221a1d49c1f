import Foundation
import FoundationEssentials
import Wire
package import Logging

/// Writes one line per event to standard error: the event first, then key=value pairs.
///
/// A value that is not a plain word is written as a JSON string. No value can start a new line or
/// control a terminal, because many come from other people's mail servers.
package struct LineLogHandler: LogHandler {
    /// The lowest level that is written.
    package var logLevel: Logger.Level
    /// Added to every event; the event's own metadata takes precedence.
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let format: LogFormat
    private let isTerminal: Bool
    private let hasColour: Bool

    /// Writes to standard error; `auto` becomes the format that fits what it is connected to.
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

    /// The line without its terminator.
    func line(
        level: Logger.Level, message: String, pairs: [(String, String)], now: Date,
        runID: UUID = RunIdentity.current
    ) -> String {
        switch format {
        case .json:
            let fields = [
                ("time", Self.time(now)), ("level", level.word), ("program", label),
                ("run", runID.uuidString.lowercased()), ("event", message),
            ]
            let members = (fields + pairs).map { "\($0.quotedAsJSON):\($1.quotedAsJSON)" }
            return "{\(members.joined(separator: ","))}"
        case .journal: return "<\(level.priority)>" + plain(message, pairs)
        case .auto, .text:
            // A person at a terminal knows the time; somebody who reads a file later does not.
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

/// How log lines are written: for people, for machines, or for the systemd journal.
package enum LogFormat: String, Sendable, CaseIterable {
    /// Text on a terminal, journal priorities under systemd, JSON otherwise.
    case auto
    /// Plain text, one line per event.
    case text
    /// One JSON object per line.
    case json
    /// Text with a syslog priority in front, as sd-daemon(3) describes.
    case journal
}

extension LogFormat {
    /// The format itself, or for `auto` the one that fits where standard error goes.
    var fitting: LogFormat {
        guard self == .auto else { return self }
        if Output.isErrorTerminal { return .text }
        return Self.isJournal(2, ProcessInfo.processInfo.environment) ? .journal : .json
    }

    /// Whether a descriptor is the journal's stream, checked as systemd.exec(5) describes.
    ///
    /// The variable alone is not enough: a child with redirected output inherits it.
    static func isJournal(_ descriptor: Int32, _ environment: [String: String]) -> Bool {
        guard let stream = environment["JOURNAL_STREAM"] else { return false }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }
}

extension Logger.Level {
    /// Postfix's names: info, warning, error.
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

    /// The terminal colour of the level (ECMA-48, SGR); nil for none.
    var colour: Int? {
        switch self {
        case .trace, .debug, .info, .notice: nil
        case .warning: 33
        case .error, .critical: 31
        }
    }
}
