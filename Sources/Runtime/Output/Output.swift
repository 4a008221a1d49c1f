import Foundation

/// What a program prints: results on standard output, words to people on standard error.
package struct Output: Sendable {
    /// Results as JSON, a line each.
    package var isJSON: Bool

    package init(isJSON: Bool) {
        self.isJSON = isJSON
    }

    package static var isErrorTerminal: Bool { isatty(2) == 1 }
    package static var isTerminal: Bool { isatty(1) == 1 }

    /// A line of result; a reader that went away is no error.
    package func line(_ text: String) {
        Self.write(text + "\n", to: 1)
    }

    /// A line to the person at the terminal, or to cron's mail.
    package static func say(_ text: String) {
        write(text + "\n", to: 2)
    }

    /// Writes all bytes, in one write where the system takes them.
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else {
                if written < 0, errno == EINTR { continue }
                return
            }
            bytes = bytes.dropFirst(written)
        }
    }
}
