import Foundation

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
