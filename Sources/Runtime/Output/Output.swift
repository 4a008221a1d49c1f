import Foundation
import Synchronization
import Wire

/// What a program prints: results on standard output, messages for people on standard error.
package struct Output: Sendable {
    /// Whether results are JSON, one object per line.
    package var isJSON: Bool
    /// How times are written for people.
    package var times: TimeStyle
    /// What the reader of standard output can show.
    package var screen: Screen

    package init(isJSON: Bool, times: TimeStyle = .rfc3339, screen: Screen? = nil) {
        self.isJSON = isJSON
        self.times = times
        self.screen = screen ?? (isJSON ? Screen() : Screen.of(1))
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

    /// Prints one line of results as it is; a reader that has gone away is ignored, other errors are
    /// kept for `checkWritten`.
    ///
    /// For what is safe already: JSON, CSV, a table. What others wrote goes through `words`.
    package func line(_ text: String) {
        let isDrawn = Progress.isShown.exchange(false, ordering: .relaxed)
        if isDrawn { _ = Self.write(Progress.wipe, to: 2) }
        let failure = Self.write(text + "\n", to: 1)
        guard failure != 0, failure != EPIPE else { return }
        Self.failure.store(failure, ordering: .relaxed)
    }

    /// Prints a sentence for people, which may hold anybody's text: what is invisible is escaped, and
    /// on a terminal it is broken into lines that fit.
    ///
    /// A `mark` at its beginning is coloured.
    package func words(_ text: String, indent: Int = 4, mark: (String, Screen.Colour)? = nil) {
        var lines = screen.lines(text, indent: indent)
        if let (word, colour) = mark, let first = lines.first, first.hasPrefix(word) {
            lines[0] = screen.coloured(word, colour) + first.dropFirst(word.count)
        }
        for line in lines { self.line(line) }
    }

    /// Prints a result: an object for programs, or words for people.
    package func tell(_ words: String, _ object: ResultObject) {
        if isJSON { line(object.json) } else { self.words(words) }
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
