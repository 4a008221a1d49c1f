import Invoicing
import Wire

/// Something in an imported file that can't be taken as it stands: where, what, and what to do.
package struct ImportFault: Hashable, Sendable {
    /// The file's name, as the person who imports knows it.
    package var file: String
    /// Counted from 1; 1 where the whole file is meant.
    package var line: Int
    /// The column's name, or in XML the path of the element; `(file)` where the whole is meant.
    package var column: String
    /// The start of the value, addresses masked; empty where there is none.
    package var excerpt: String
    package var message: String
    package var advice: String

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
    /// How much of a value is shown: enough to find it by, too little to flood a terminal.
    static let excerptLengthMax = 40

    /// More than any column's name has, the path of any element of UBL, and any message of ours.
    static let lineLengthMax = 300

    /// What may hold the file's own words, a name or a message about one, on one line.
    private static func shown(_ words: String) -> String {
        let start = String(String.UnicodeScalarView(words.unicodeScalars.prefix(lineLengthMax)))
        return start.replacing(\.isInvisible, with: "·")
            + (start.utf8.count == words.utf8.count ? "" : "…")
    }

    /// The start of a value on one line, with every e-mail address masked.
    ///
    /// Masked before it is cut, so that no cut lets half an address through.
    static func excerpt(of value: String) -> String {
        let start = String(value.unicodeScalars.prefix(excerptLengthMax * 8))
        let text = EmailAddress.masking(start).replacing(\.isInvisible, with: "·")
        let shown = text.prefix(excerptLengthMax)
        let isWhole = shown.count == text.count && start.utf8.count == value.utf8.count
        return isWhole ? text : shown + "…"
    }
}

/// All faults of one reading, in the order of the file; never empty.
package struct ImportFaults: Error, Hashable, Sendable {
    package let faults: [ImportFault]

    package init(_ faults: [ImportFault]) {
        precondition(!faults.isEmpty, "a reading fails for a reason")
        self.faults = faults
    }
}
