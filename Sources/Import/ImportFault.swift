import Invoicing
import Wire

/// A fault in an imported file: where, what is wrong, and what to do.
package struct ImportFault: Hashable, Sendable {
    /// The file's name, as the user knows it.
    package var file: String
    /// Counted from 1; 1 where the whole file is meant.
    package var line: Int
    /// The name of the column, or in XML the path of the element; `(file)` where the whole file is
    /// meant.
    package var column: String
    /// The beginning of the value, with addresses masked; empty for none.
    package var excerpt: String
    /// What is wrong, as a clause without its subject.
    package var message: String
    /// What the user should do, as a sentence.
    package var advice: String

    /// `value` is the whole value, of which the excerpt is made.
    package init(
        file: String, line: Int, column: String, value: String = "", message: String,
        advice: String
    ) {
        self.file = Self.shown(file)
        self.line = line
        self.column = Self.shown(column)
        excerpt = Self.excerpt(of: value)
        self.message = Self.shown(message)
        self.advice = advice
    }

    /// A fault of the file as a whole.
    static func ofFile(_ file: String, line: Int = 1, _ message: String, advice: String)
        -> ImportFault
    {
        ImportFault(file: file, line: line, column: "(file)", message: message, advice: advice)
    }
}

extension ImportFault: CustomStringConvertible {
    /// One line for a terminal or a log: `customers.csv:12: due_days "x": is no whole number. …`.
    package var description: String {
        let value = excerpt.isEmpty ? "" : " \"\(excerpt)\""
        return "\(file):\(line): \(column)\(value): \(message). \(advice)."
    }
}

extension ImportFault {
    /// How much of a value is shown: enough to find it, too little to flood a terminal.
    static let excerptLengthMax = 40

    /// Longer than any column's name, the path of any UBL element, and any message of ours.
    static let lineLengthMax = 300

    /// Text that may contain the file's own words, such as a name, on one line.
    private static func shown(_ words: String) -> String {
        let start = String(String.UnicodeScalarView(words.unicodeScalars.prefix(lineLengthMax)))
        return start.replacing(\.isInvisible, with: "·")
            + (start.utf8.count == words.utf8.count ? "" : "…")
    }

    /// The beginning of a value on one line, with every e-mail address masked.
    ///
    /// Masked before it is cut, so that a cut can't reveal half an address.
    static func excerpt(of value: String) -> String {
        let start = String(value.unicodeScalars.prefix(excerptLengthMax * 8))
        let text = EmailAddress.masking(start).replacing(\.isInvisible, with: "·")
        let shown = text.prefix(excerptLengthMax)
        let isWhole = shown.count == text.count && start.utf8.count == value.utf8.count
        return isWhole ? text : shown + "…"
    }
}

/// All faults found in one import, in the order of the file; never empty.
package struct ImportFaults: Error, Hashable, Sendable {
    package let faults: [ImportFault]

    package init(_ faults: [ImportFault]) {
        precondition(!faults.isEmpty, "a reading fails for a reason")
        self.faults = faults
    }
}
