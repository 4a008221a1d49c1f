import Wire
package import Runtime

/// A table of results: aligned for people, one JSON object per line for programs, or CSV.
package struct Listing: Sendable {
    /// The heading above the table; nil for none.
    package var title: String?
    /// What every line of JSON says first, since programs see no heading.
    package var subject: ResultObject
    /// The keys of the columns, as programs read them; people read headings made of them.
    package var keys: [String]
    /// The cells, row by row, in the order of the keys.
    package var rows: [[ResultValue]]
    /// What is printed if there are no rows.
    package var emptyText: String
    /// How many rows there are; above `rows.count` where a limit left some out.
    package var total: Int

    package init(
        title: String? = nil, subject: ResultObject = [:], keys: [String],
        rows: [[ResultValue]], emptyText: String, total: Int? = nil
    ) {
        self.title = title
        self.subject = subject
        self.keys = keys
        self.rows = rows
        self.emptyText = emptyText
        self.total = max(total ?? 0, rows.count)
    }

    /// One row per line; each column is a key and the function for its cells.
    ///
    /// `total` is asked only where the lines fill the limit.
    init<Line>(
        of lines: [Line], limit: Int, total: () throws -> Int, emptyText: String,
        _ columns: KeyValuePairs<String, (Line) -> ResultValue>
    ) rethrows {
        self.init(
            keys: columns.map(\.key),
            rows: lines.map { line in columns.map { $0.value(line) } }, emptyText: emptyText,
            total: lines.count < limit ? nil : try total())
    }

    /// Prints the table, as CSV or JSON if requested; what a limit left out is said on standard
    /// error.
    package func show(on output: Output, isCSV: Bool) {
        if isCSV {
            output.line(csv)
        } else if output.isJSON {
            for row in rows { output.line(json(row)) }
        } else {
            if let title { output.words(title) }
            if rows.isEmpty { output.words(emptyText) } else { output.line(text(output)) }
        }
        if let omission { Output.say(omission) }
    }

    /// What a limit left out, in words; nil where it left out nothing.
    package var omission: String? {
        guard total > rows.count else { return nil }
        return "\(Self.grouped(rows.count)) of \(Self.grouped(total)) shown;"
            + " --limit \(total) shows all"
    }

    /// The table as people see it.
    package func text(_ output: Output) -> String {
        let isShort = output.screen.columns != nil
        return Table(
            headings: keys.map(Self.heading),
            rows: rows.map { row in
                row.map { $0.words(times: output.times, isShort: isShort) }
            },
            rightAligned: Set(keys.indices.filter { rows.allSatisfy(\.isNumber, at: $0) })
        ).text(on: output.screen)
    }

    /// A row as a line of JSON.
    package func json(_ row: [ResultValue]) -> String {
        ResultObject(subject.members + zip(keys, row).map { .init($0, $1) }).json
    }

    /// Money takes two columns, as in JSON.
    private var csv: String {
        let isMoney = keys.map { $0 == "amount" }
        func cells(_ row: [ResultValue]) -> [String] {
            zip(row, isMoney).flatMap { cell, isMoney -> [String] in
                switch cell {
                case .money(let amount, let currency): [amount, currency]
                case .json(let text, _): [text]
                case .flag(let flag): ["\(flag)"]
                default: [cell.words()] + (isMoney ? [""] : [])
                }
            }
        }
        let headings = zip(keys, isMoney).flatMap { $1 ? [$0, "currency"] : [$0] }
        return Table(headings: headings, rows: rows.map(cells)).csv
    }

    /// `created_at` is read as `created`, `next_step` as `next step`.
    private static func heading(_ key: String) -> String {
        (key.hasSuffix("_at") ? String(key.dropLast(3)) : key).replacing("_", with: " ")
    }

    /// 10000 as `10,000`.
    private static func grouped(_ number: Int) -> String {
        let digits = Array("\(number)")
        return digits.indices.reduce(into: "") { text, index in
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digits[index])
        }
    }
}

extension ResultValue {
    fileprivate var isNumber: Bool {
        switch self {
        case .integer, .decimal, .money: true
        default: false
        }
    }
}

extension [[ResultValue]] {
    fileprivate func allSatisfy(_ test: KeyPath<ResultValue, Bool>, at column: Int) -> Bool {
        allSatisfy { $0[column][keyPath: test] }
    }
}
