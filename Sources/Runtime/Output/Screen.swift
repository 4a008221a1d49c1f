import Foundation
import Wire

/// What a stream's reader can show: how wide a line may be, and whether in colour.
package struct Screen: Sendable {
    /// The columns of the terminal; nil where there is none, and lines are as long as they are.
    package var columns: Int?
    /// Whether colour is shown (no-color.org).
    package var hasColour: Bool

    package init(columns: Int? = nil, hasColour: Bool = false) {
        self.columns = columns
        self.hasColour = hasColour
    }

    /// The screen of a descriptor: a terminal's, or one without an end.
    package static func of(
        _ descriptor: Int32, _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Screen {
        guard isatty(descriptor) == 1 else { return Screen() }
        var size = winsize()
        let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let columns = isKnown ? Int(size.ws_col) : environment["COLUMNS"].flatMap { Int($0) } ?? 80
        return Screen(
            columns: max(columns, columnsMin), hasColour: Output.allowsColour(environment))
    }

    /// No narrower lines are made, whatever a terminal says of itself.
    private static let columnsMin = 40

    /// A mark that catches the eye (ECMA-48, SGR).
    package enum Colour: Int, Sendable {
        case red = 31
        case yellow = 33
    }

    /// The text in a colour, where colour is shown.
    package func coloured(_ text: String, _ colour: Colour) -> String {
        hasColour ? "\u{1b}[\(colour.rawValue)m\(text)\u{1b}[0m" : text
    }

    /// The text in lines that fit, broken between words; further lines are indented by `indent`.
    ///
    /// A word is broken only where it is longer than a line. What is invisible is escaped first.
    package func lines(_ text: String, indent: Int = 0) -> [String] {
        let text = text.escapingInvisibles
        guard let columns, TextWidth.of(text) > columns else { return [text] }
        let blank = String(repeating: " ", count: min(indent, columns / 2))
        let lines = TextWidth.wrap(text, columns, next: columns - blank.count)
        return lines.prefix(1) + lines.dropFirst().map { blank + $0 }
    }
}

/// The terminal columns that texts take.
enum TextWidth {
    /// East Asian letters and emoji take two columns, everything else one.
    static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + width($1) }
    }

    /// Breaks a text between words; the first line has `first` columns, the others `next`.
    ///
    /// Blanks at the beginning are kept.
    static func wrap(_ text: String, _ first: Int, next: Int) -> [String] {
        var lines: [String] = []
        var (line, room) = (String(text.prefix { $0 == " " }), first)
        var isEmpty = true
        func end() {
            lines.append(line)
            (line, room, isEmpty) = ("", next, true)
        }
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !isEmpty, of(line) + 1 + of(String(word)) > room { end() }
            if !isEmpty { line += " " }
            for letter in word {
                if of(line) + width(letter) > room { end() }
                line.append(letter)
                isEmpty = false
            }
        }
        if !isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }

    private static func width(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first, scalar.value >= 0x1100 else { return 1 }
        return isWide(scalar) ? 2 : 1
    }

    /// The ranges of Unicode's East Asian Width (UAX #11) that hold nearly all wide characters.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff,
            0xa000...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
            0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f900...0x1f9ff, 0x20000...0x3fffd:
            true
        default: false
        }
    }
}
