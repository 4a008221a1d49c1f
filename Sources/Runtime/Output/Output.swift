import Foundation
import Synchronization

/// What a program prints: results on standard output, messages for people on standard error.
package struct Output: Sendable {
    /// Whether results are JSON, one object per line.
    package var isJSON: Bool

    package init(isJSON: Bool) {
        self.isJSON = isJSON
    }

    /// Whether standard error is a terminal.
    package static var isErrorTerminal: Bool { isatty(2) == 1 }
    /// Whether standard output is a terminal.
    package static var isTerminal: Bool { isatty(1) == 1 }

    /// Whether standard error may be coloured (no-color.org).
    static var hasColour: Bool {
        isErrorTerminal && allowsColour(ProcessInfo.processInfo.environment)
    }

    static func allowsColour(_ environment: [String: String]) -> Bool {
        (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Prints one line of results; a reader that has gone away is ignored, other errors are kept
    /// for `checkWritten`.
    package func line(_ text: String) {
        let failure = Self.write(text + "\n", to: 1)
        guard failure != 0, failure != EPIPE else { return }
        Self.failure.store(failure, ordering: .relaxed)
    }

    /// Prints a line for the person at the terminal, or for cron's mail.
    package static func say(_ text: String) {
        let wipe = Progress.isShown.exchange(false, ordering: .relaxed) ? Progress.wipe : ""
        // If standard error can't be written, there is nobody left to inform.
        _ = write(wipe + text + "\n", to: 2)
    }

    /// The errno of the first result that could not be written; 0 while all went well.
    private static let failure = Atomic<Int32>(0)

    /// Throws, for exit 74, if a result could not be written.
    ///
    /// A program whose results did not reach their reader has not done its work. Call this at its
    /// end; a `BudstikkeCommand` does so by itself.
    package static func checkWritten() throws {
        let failure = failure.load(ordering: .relaxed)
        guard failure != 0 else { return }
        throw UsageError(
            "can't write to standard output: \(String(cString: strerror(failure)))",
            exit: .inputOutput)
    }

    /// Writes all bytes, in a single write where possible; returns errno, or 0.
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

/// One line on the terminal that shows the progress of a long operation.
///
/// Nothing is written if standard error is not a terminal, so it never ends up in mail or logs. A
/// log line replaces it, and the next step draws it again.
package struct Progress {
    static let isShown = Atomic<Bool>(false)

    /// Moves to the start of the line and clears it (ECMA-48, EL).
    static let wipe = "\r\u{1b}[K"

    private let label: String
    private let isOn: Bool
    private var next = ContinuousClock.now

    /// Shows progress under this label, if standard error is a terminal.
    package init(_ label: String) {
        self.init(label, isOn: Output.hasColour)
    }

    init(_ label: String, isOn: Bool) {
        self.label = label
        self.isOn = isOn
    }

    /// Shows the count, at most ten times a second; `total` is nil where it is unknown.
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

    /// Removes the line.
    package func end() {
        guard Self.isShown.exchange(false, ordering: .relaxed) else { return }
        _ = Output.write(Self.wipe, to: 2)
    }
}
