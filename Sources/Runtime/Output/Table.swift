import Wire

/// Rows under headings, printed aligned for a terminal or as CSV (RFC 4180).
///
/// Every row has one cell per heading.
package struct Table: Sendable {
    package var headings: [String]
    /// The cells, row by row, in the order of the headings.
    package var rows: [[String]]
    /// The indices of right-aligned columns, which hold numbers.
    package var rightAligned: Set<Int>

    package init(headings: [String], rows: [[String]], rightAligned: Set<Int> = []) {
        precondition(rows.allSatisfy { $0.count == headings.count }, "a row lacks a cell")
        self.headings = headings
        self.rows = rows
        self.rightAligned = rightAligned
    }

    /// The table with columns two spaces apart; terminal control characters are made visible.
    package var text: String {
        let lines = ([headings] + rows).map { $0.map(\.escapingInvisibles) }
        let widths = headings.indices.map { column in
            lines.map { Self.width($0[column]) }.max() ?? 0
        }
        return lines.map { line in
            let cells = line.indices.map { column in
                let padding = String(
                    repeating: " ", count: widths[column] - Self.width(line[column]))
                return rightAligned.contains(column)
                    ? padding + line[column] : line[column] + padding
            }
            let text = cells.joined(separator: "  ")
            return String(text.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }

    /// The table as CSV; lines end in CRLF as RFC 4180 requires, the last LF comes from
    /// `Output.line`.
    package var csv: String {
        ([headings] + rows).map { row in row.map(Self.field).joined(separator: ",") + "\r" }
            .joined(separator: "\n")
    }

    /// The number of terminal columns a text takes: East Asian letters and emoji take two.
    private static func width(_ text: String) -> Int {
        text.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
    }

    /// The ranges of Unicode's East Asian Width (UAX #11) that hold nearly all wide characters.
    private static func isWide(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first, scalar.value >= 0x1100 else {
            return false
        }
        return switch scalar.value {
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff,
            0xa000...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
            0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f900...0x1f9ff, 0x20000...0x3fffd:
            true
        default: false
        }
    }

    /// Quotes where needed; a leading character that a spreadsheet would treat as a formula is
    /// defused.
    private static func field(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } == true && Double(text) == nil
        let safe = isFormula ? "'" + text : text
        guard safe.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
            return safe
        }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
