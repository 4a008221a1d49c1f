import Foundation
import Testing

@testable import Invoicing

@Suite struct PeriodTextTests {
    private func text(_ start: String, _ end: String, _ language: Language = .nb) -> PeriodText {
        PeriodText(period: DatePeriod(start: day(start), end: day(end)), language: language)
    }

    @Test(arguments: [
        ("Leie {{month}} {{year}}", Language.nb, "Leie november 2026"),
        ("Leie {{måned}} {{år}}", .nn, "Leie november 2026"),
        ("Rent {{month}} {{år}}", .en, "Rent November 2026"),
        ("{{next_month}}/{{neste_måned}}", .nb, "desember/desember"),
        ("{{previous_month}}/{{forrige_måned}}", .en, "October/October"),
        ("{{quarter}}. kvartal, {{kvartal}}", .nb, "4. kvartal, 4"),
        ("Uke {{week}} {{uke}}", .nb, "Uke 44 44"),
        ("{{from}}–{{to}}", .nb, "01.11.2026–30.11.2026"),
        ("{{fra}}–{{til}}", .en, "1 November 2026–30 November 2026"),
        ("{{period}} ({{periode}})", .nn, "november 2026 (november 2026)"),
        ("{{ month }}{{year}}", .nb, "november2026"),
        ("no variable } } { {", .nb, "no variable } } { {"),
        ("", .nb, ""),
    ])
    func `variables are the period's, in the customer's language`(
        template: String, language: Language, expected: String
    ) {
        let rendered = text("2026-11-01", "2026-11-30", language).render(template)
        #expect(rendered == .init(text: expected, unknown: []))
    }

    @Test(arguments: [
        ("2026-01-01", "2026-12-31", "2026", "2026"),
        ("2026-10-01", "2026-12-31", "4. kvartal 2026", "Q4 2026"),
        ("2026-11-01", "2027-01-31", "01.11.2026–31.01.2027", "1 November 2026–31 January 2027"),
        ("2024-02-01", "2024-02-29", "februar 2024", "February 2024"),
        ("2024-02-01", "2024-02-28", "01.02.2024–28.02.2024", "1 February 2024–28 February 2024"),
        ("2026-12-28", "2027-01-03", "uke 53 2026", "week 53 2026"),
        ("2026-11-24", "2026-11-30", "24.11.2026–30.11.2026", "24 November 2026–30 November 2026"),
        ("2026-11-24", "2026-11-24", "24.11.2026", "24 November 2026"),
        ("2026-01-31", "2026-02-27", "31.01.2026–27.02.2026", "31 January 2026–27 February 2026"),
    ])
    func `a period is said as short as it can be`(
        start: String, end: String, norwegian: String, english: String
    ) {
        #expect(text(start, end).render("{{period}}").text == norwegian)
        #expect(text(start, end, .en).render("{{period}}").text == english)
    }

    @Test func `the months around new year are the right ones`() {
        let december = text("2026-12-01", "2026-12-31")
        #expect(december.render("{{next_month}}").text == "januar")
        #expect(text("2026-01-01", "2026-01-31").render("{{previous_month}}").text == "desember")
    }

    @Test(arguments: [
        ("{{mnd}} {{month}} {{Year}}", ["mnd", "Year"]), ("{{}}", [""]), ("{{month", ["month"]),
        ("x {{ {{month}}", ["{{month"]),
        ("{{" + String(repeating: "x", count: 99), [String(repeating: "x", count: 40) + "…"]),
    ])
    func `unknown variables are given back`(template: String, unknown: [String]) {
        #expect(text("2026-11-01", "2026-11-30").render(template).unknown == unknown)
    }

    @Test func `what is put in is not read again`() {
        #expect(text("2026-11-01", "2026-11-30").render("{{{month}}}").unknown == ["{month"])
        #expect(text("2026-11-01", "2026-11-30").render("{ {{month}} }").text == "{ november }")
    }

    @Test func `each variable has an English and a Norwegian name`() {
        for variable in PeriodVariable.allCases {
            #expect(PeriodVariable(name: variable.rawValue) == variable)
            #expect(PeriodVariable(name: variable.norwegianName) == variable)
        }
        #expect(PeriodVariable(name: "ma\u{30a}ned") == .month)
    }
}

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
