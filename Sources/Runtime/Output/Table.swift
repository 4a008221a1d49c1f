/// Rows under headings: aligned for a terminal, or as CSV (RFC 4180).
package struct Table: Sendable {
    package var headings: [String]
    package var rows: [[String]]

    package init(headings: [String], rows: [[String]]) {
        self.headings = headings
        self.rows = rows
    }

    /// Columns two spaces apart; what could steer a terminal is shown, not sent.
    package var text: String {
        let lines = ([headings] + rows).map { $0.map(Printable.line) }
        let widths = headings.indices.map { column in
            lines.map { $0[column].count }.max() ?? 0
        }
        return lines.map { line in
            let cells = line.enumerated().map { column, cell in
                column == line.count - 1
                    ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }
            return cells.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    package var csv: String {
        ([headings] + rows).map { row in row.map(Self.field).joined(separator: ",") }
            .joined(separator: "\r\n")
    }

    /// Quoted where it has to be; a leading sign that a spreadsheet would run is disarmed.
    private static func field(_ text: String) -> String {
        let safe = text.first.map { "=+-@\t\r".contains($0) } == true && Double(text) == nil
            ? "'" + text : text
        guard safe.contains(where: { ",\"\r\n".contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
