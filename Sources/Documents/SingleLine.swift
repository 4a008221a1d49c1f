import Invoicing
import PDF
import Wire

/// A text on one line: every run of white space and control characters is one space.
///
/// For subjects, titles and names: without a line break nothing can begin a header of its own (RFC
/// 5322 § 2.2).
struct SingleLine: Hashable {
    let text: String

    init(_ raw: String) {
        guard !raw.isPlainLine else {
            text = raw
            return
        }
        text = PrintableText(raw).text.split { $0.isWhitespace && !Self.isNoBreakSpace($0) }
            .joined(separator: " ")
    }

    /// Kept, since it holds amounts and dates together.
    private static func isNoBreakSpace(_ character: Character) -> Bool {
        character == "\u{A0}" || character == "\u{202F}"
    }
}
