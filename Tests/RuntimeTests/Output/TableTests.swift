import Testing

@testable import Runtime

@Suite struct TableTests {
    @Test func `columns stand below each other`() {
        let table = Table(
            headings: ["Faktura", "Kunde", "Beløp"],
            rows: [["1", "Blåbær AS", "1 250,00"], ["10002", "Å", "9,50"]], rightAligned: [2])
        #expect(
            table.text == """
                Faktura  Kunde         Beløp
                1        Blåbær AS  1 250,00
                10002    Å              9,50
                """)
    }

    @Test func `letters in two parts and wide letters are measured by what is seen`() {
        let table = Table(
            headings: ["a", "b"], rows: [["A\u{30a}", "x"], ["日本", "x"], ["Ååå", "x"]])
        #expect(table.text == "a     b\nA\u{30a}     x\n日本  x\nÅåå   x")
    }

    @Test func `no cell steers the terminal, and no line ends in spaces`() {
        let table = Table(headings: ["a", "b"], rows: [["\u{1b}[31m", ""], ["x", "y\nz"]])
        #expect(table.text == "a           b\n\\u{1b}[31m\nx           y\\u{a}z")
    }

    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("two\nlines", "\"two\nlines\""), ("two\r\nlines", "\"two\r\nlines\""), ("", ""),
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-5.50", "-5.50"), ("-x", "'-x"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("=a,b", "\"'=a,b\""),
    ])
    func `a cell of CSV is quoted where it must be, and no formula`(cell: String, field: String) {
        #expect(Table(headings: ["h"], rows: [[cell]]).csv == "h\r\n\(field)\r")
    }
}
