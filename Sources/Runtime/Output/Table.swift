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

    /// The table with columns two spaces apart, however wide that is.
    package var text: String {
        text(on: Screen())
    }

    /// The table as it fits a screen; terminal control characters are made visible.
    ///
    /// Cells too long for their column are broken into lines. Where even single words do not fit
    /// beside each other, each row is a block with a line for each cell. `failed` is red.
    package func text(on screen: Screen) -> String {
        let lines = ([headings] + rows).map { $0.map(\.escapingInvisibles) }
        let natural = headings.indices.map { column in
            lines.map { TextWidth.of($0[column]) }.max() ?? 0
        }
        guard let columns = screen.columns, Self.width(natural) > columns else {
            return lines.flatMap { aligned($0.map { [$0] }, natural, screen) }
                .joined(separator: "\n")
        }
        let least = headings.indices.map { column in
            lines.flatMap { $0[column].split(separator: " ") }
                .map { TextWidth.of(String($0)) }.max() ?? 0
        }
        guard Self.width(least) <= columns else { return blocks(lines, columns, screen) }
        let widths = Self.fitted(natural, least: least, columns)
        return lines.flatMap { line in
            aligned(
                line.indices.map {
                    TextWidth.wrap(line[$0], widths[$0], next: widths[$0])
                }, widths, screen)
        }.joined(separator: "\n")
    }

    private static func width(_ widths: [Int]) -> Int {
        widths.reduce(0, +) + 2 * max(0, widths.count - 1)
    }

    /// Takes from the widest column that can be narrower, until all fit.
    private static func fitted(_ natural: [Int], least: [Int], _ columns: Int) -> [Int] {
        var widths = natural
        var excess = width(widths) - columns
        while excess > 0 {
            let shrinkable = widths.indices.filter { widths[$0] > least[$0] }
            guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    /// A row of cells of one or more lines each, as lines.
    private func aligned(
        _ cells: [[String]], _ widths: [Int], _ screen: Screen
    ) -> [String] {
        (0..<(cells.map(\.count).max() ?? 0)).map { number in
            let line = cells.indices.map { column -> String in
                let cell = number < cells[column].count ? cells[column][number] : ""
                let padding = String(
                    repeating: " ", count: max(0, widths[column] - TextWidth.of(cell)))
                let shown = Self.marked(cell, screen)
                return rightAligned.contains(column) ? padding + shown : shown + padding
            }.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    private static func marked(_ cell: String, _ screen: Screen) -> String {
        cell == "failed" ? screen.coloured(cell, .red) : cell
    }

    /// Each row as a block of lines, `heading  cell`, without its empty cells.
    private func blocks(_ lines: [[String]], _ columns: Int, _ screen: Screen) -> String {
        let headings = lines.first ?? []
        let width = headings.map(TextWidth.of).max() ?? 0
        return lines.dropFirst().map { line in
            line.indices.filter { !line[$0].isEmpty }.flatMap { column -> [String] in
                let heading =
                    headings[column]
                    + String(repeating: " ", count: width - TextWidth.of(headings[column]) + 2)
                let room = max(columns - width - 2, 10)
                let parts = TextWidth.wrap(line[column], room, next: room)
                    .map { Self.marked($0, screen) }
                let blank = String(repeating: " ", count: width + 2)
                return parts.enumerated().map { ($0 == 0 ? heading : blank) + $1 }
            }.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    /// The table as CSV; lines end in CRLF as RFC 4180 requires, the last LF comes from
    /// `Output.line`.
    ///
    /// A cell never holds a line end or another control character of its own: each is a blank.
    package var csv: String {
        ([headings] + rows).map { row in row.map(Self.field).joined(separator: ",") + "\r" }
            .joined(separator: "\n")
    }

    /// Quotes where needed; a leading character that a spreadsheet would treat as a formula is
    /// defused.
    private static func field(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } == true && Double(text) == nil
        let safe = (isFormula ? "'" + text : text).replacing(\.isControl, with: " ")
        guard safe.unicodeScalars.contains(where: { ",\"".unicodeScalars.contains($0) }) else {
            return safe
        }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
