import Foundation
package import Logging

/// How log lines are written: for a person, for a machine, or for the journal.
package enum LogFormat: String, Sendable, CaseIterable {
    /// Text on a terminal, the journal's priorities where systemd reads, JSON elsewhere.
    case auto
    case text
    case json
    case journal
}

/// Writes one line an event to standard error: the event first, then key=value.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let format: LogFormat

    package init(label: String, format: LogFormat, level: Logger.Level) {
        self.label = label
        self.format = format == .auto ? Self.fitting : format
        logLevel = level
    }

    private static var fitting: LogFormat {
        if Output.isErrorTerminal { return .text }
        return ProcessInfo.processInfo.environment["JOURNAL_STREAM"] != nil ? .journal : .json
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let merged = metadata.merging(event.metadata ?? [:]) { $1 }
        let pairs = merged.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        Output.say(line(level: event.level, message: event.message.description, pairs: pairs))
    }

    func line(level: Logger.Level, message: String, pairs: [(String, String)]) -> String {
        switch format {
        case .json:
            let fields = [("level", level.rawValue), ("program", label), ("event", message)]
            return "{" + (fields + pairs).map {
                "\(JSONLine.quoted($0.0)):\(JSONLine.quoted($0.1))"
            }.joined(separator: ",") + "}"
        case .journal: return "<\(level.priority)>" + plain(message, pairs)
        case .auto, .text: return "\(level.word): " + plain(message, pairs)
        }
    }

    private func plain(_ message: String, _ pairs: [(String, String)]) -> String {
        ([Printable.line(message)]
            + pairs.map { "\($0.0)=\(Self.quotedIfNeeded(Printable.line($0.1)))" })
            .joined(separator: " ")
    }

    private static func quotedIfNeeded(_ value: String) -> String {
        value.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" }) || value.isEmpty
            ? JSONLine.quoted(value) : value
    }
}

extension Logger.Level {
    /// Postfix's words: info, warning, error.
    fileprivate var word: String {
        switch self {
        case .trace, .debug: "debug"
        case .info, .notice: "info"
        case .warning: "warning"
        case .error, .critical: "error"
        }
    }

    /// syslog's priorities (sd-daemon(3)).
    fileprivate var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
