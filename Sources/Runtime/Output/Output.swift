import Foundation
import Synchronization

/// What a program prints: results on standard output, words to people on standard error.
package struct Output: Sendable {
    /// Results as JSON, a line each.
    package var isJSON: Bool

    package init(isJSON: Bool) {
        self.isJSON = isJSON
    }

    package static var isErrorTerminal: Bool { isatty(2) == 1 }
    package static var isTerminal: Bool { isatty(1) == 1 }

    /// Whether standard error takes colour (no-color.org).
    static var hasColour: Bool {
        isErrorTerminal && allowsColour(ProcessInfo.processInfo.environment)
    }

    static func allowsColour(_ environment: [String: String]) -> Bool {
        (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// A line of result; a reader that went away is no error, a full disk is.
    package func line(_ text: String) {
        let failure = Self.write(text + "\n", to: 1)
        guard failure != 0, failure != EPIPE else { return }
        Self.failure.store(failure, ordering: .relaxed)
    }

    /// A line to the person at the terminal, or to cron's mail.
    package static func say(_ text: String) {
        let wipe = Progress.isShown.exchange(false, ordering: .relaxed) ? Progress.wipe : ""
        // Where standard error can't be written there is nobody left to tell.
        _ = write(wipe + text + "\n", to: 2)
    }

    /// What kept a result from being written, as errno; 0 where all went well.
    private static let failure = Atomic<Int32>(0)

    /// Throws, for exit 74, where a result could not be written.
    ///
    /// A program whose results did not reach their reader has not done its work. To be called at
    /// its end; a `BudstikkeCommand` does so by itself.
    package static func checkWritten() throws {
        let failure = failure.load(ordering: .relaxed)
        guard failure != 0 else { return }
        throw UsageError(
            "can't write to standard output: \(String(cString: strerror(failure)))",
            exit: .inputOutput)
    }

    /// Writes all bytes, in one write where the system takes them; returns errno, or 0.
    static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return errno }
            bytes = bytes.dropFirst(written)
        }
        return 0
    }
}

/// One line on the terminal that shows how far a long work has come.
///
/// Where standard error is no terminal nothing is written, so nothing of it is ever mailed or
/// logged. A log line takes its place, and the next step draws it anew.
package struct Progress {
    static let isShown = Atomic<Bool>(false)

    /// To the line's start, and what stood there deleted (ECMA-48, EL).
    static let wipe = "\r\u{1b}[K"

    private let label: String
    private let isOn: Bool
    private var next = ContinuousClock.now

    package init(_ label: String) {
        self.init(label, isOn: Output.hasColour)
    }

    init(_ label: String, isOn: Bool) {
        self.label = label
        self.isOn = isOn
    }

    /// Shows the count, at most ten times a second.
    package mutating func show(_ done: Int, of total: Int? = nil) {
        guard isOn, ContinuousClock.now >= next else { return }
        next = ContinuousClock.now + .milliseconds(100)
        Self.isShown.store(true, ordering: .relaxed)
        _ = Output.write(Self.wipe + text(done, of: total), to: 2)
    }

    func text(_ done: Int, of total: Int?) -> String {
        guard let total, total > 0 else { return "\(label) \(done)" }
        return "\(label) \(done)/\(total) (\(min(100, done * 100 / total)) %)"
    }

    /// Takes the line away.
    package func end() {
        guard Self.isShown.exchange(false, ordering: .relaxed) else { return }
        _ = Output.write(Self.wipe, to: 2)
    }
}
