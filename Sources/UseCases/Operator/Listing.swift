import Wire
package import Runtime

/// A table of results: aligned for people, JSON a line each for programs, or CSV.
package struct Listing: Sendable {
    package var title: String?
    package var headings: [String]
    package var rows: [[String]]
    /// What is said where there are no rows.
    package var emptyText: String

    package init(
        title: String? = nil, headings: [String], rows: [[String]], emptyText: String
    ) {
        self.title = title
        self.headings = headings
        self.rows = rows
        self.emptyText = emptyText
    }

    package func show(on output: Output, isCSV: Bool) {
        if isCSV {
            output.line(Table(headings: headings, rows: rows).csv)
        } else if output.isJSON {
            for row in rows { output.line(json(row)) }
        } else {
            if let title { output.line(title) }
            output.line(rows.isEmpty ? emptyText : Table(headings: headings, rows: rows).text)
        }
    }

    private func json(_ row: [String]) -> String {
        let fields = zip(headings, row).map { heading, cell in
            "\(heading.quotedAsJSON):\(cell.quotedAsJSON)"
        }
        return "{\(fields.joined(separator: ","))}"
    }
}
