import Foundation
import Testing

@testable import Invoicing

/// The table of period variables in docs/agreements.md, read and held against the code.
struct PeriodVariableTableTests {
    struct Table {
        var language: Language
        var periods: [DatePeriod]
        /// Each row's names and what they print in each period.
        var rows: [(names: [String], values: [String])] = []
    }

    private static func tables() throws -> [Table] {
        let text = try String(contentsOfFile: "docs/agreements.md", encoding: .utf8)
        var (tables, language): ([Table], Language?) = ([], nil)
        for line in text.split(separator: "\n") {
            if line == "In Norwegian:" { language = .nb }
            if line == "In English:" { language = .en }
            guard let language, line.hasPrefix("| ") else { continue }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            if cells[0] == "variable" {
                tables.append(Table(language: language, periods: cells.dropFirst().map(period)))
            } else {
                let names = cells[0].matches(of: /\{\{(.+?)\}\}/).map { String($0.1) }
                tables[tables.count - 1].rows.append((names, Array(cells.dropFirst())))
            }
        }
        return tables
    }

    private static func period(_ text: String) -> DatePeriod {
        let ends = text.split(separator: " to ").map { day(String($0)) }
        return DatePeriod(start: ends[0], end: ends[1])
    }

    @Test func `every variable prints over a new year what the table says`() throws {
        let tables = try Self.tables()
        #expect(tables.map(\.language) == [.nb, .en])
        for table in tables {
            #expect(
                table.rows.map(\.names)
                    == PeriodVariable.allCases.map { [$0.rawValue, $0.norwegianName] })
            for row in table.rows {
                #expect(row.values.count == table.periods.count)
                for (period, value) in zip(table.periods, row.values) {
                    let text = PeriodText(period: period, language: table.language)
                    for name in row.names {
                        let rendered = text.render("{{\(name)}}")
                        #expect(rendered == .init(text: value, unknown: []), "\(name)")
                    }
                }
            }
        }
    }
}
