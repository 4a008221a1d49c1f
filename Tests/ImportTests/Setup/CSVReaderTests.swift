import Testing

@testable import Import

@Suite struct CSVReaderTests {
    private func rows(_ text: String) throws(TextFault) -> [CSVReader.Row] {
        var reader = CSVReader(Array(text.utf8)[...])
        var rows: [CSVReader.Row] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    private func fault(_ text: String) -> TextFault? {
        do {
            _ = try rows(text)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        arguments: [
            ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
            ("a;b\n1,5;2", [["a", "b"], ["1,5", "2"]]),
            ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
            ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
            ("a\n1\n", [["a"], ["1"]]),
            ("\n\na,b\n\n\r\n1,2\n\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n\"1,\n\"\"2\"\"\",\"\"\n", [["a", "b"], ["1,\n\"2\"", ""]]),
            ("a,b\n,\n", [["a", "b"], ["", ""]]),
            ("a,b\n1\n1,2,3\n", [["a", "b"], ["1"], ["1", "2", "3"]]),
            ("\"a\";\"b\"\n \"\n", nil),
            ("å;ø\næ;é\n", [["å", "ø"], ["æ", "é"]]),
            ("a\tb\n1\t\"2,3\"\n", [["a", "b"], ["1", "2,3"]]),
            ("a|b\n1|2;3\n", [["a", "b"], ["1", "2;3"]]),
            ("sep=;\na;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
            ("sep=\t\r\na\tb\r\n1\t2", [["a", "b"], ["1", "2"]]),
            ("sep=;", []),
            ("", []),
            ("\n", []),
            ("a,b\n1,2 ", [["a", "b"], ["1", "2 "]]),
        ] as [(String, [[String]]?)])
    func `rows are split as RFC 4180 has it, with either separator`(
        text: String, expected: [[String]]?
    ) {
        #expect((try? rows(text).map(\.fields)) == expected)
    }

    @Test func `a row has the line that it begins on, whatever it holds`() throws {
        let rows = try rows("a,b\r\n\"1\r\n\n1\",2\r\n\r\n3,4\r\"\r5\",6\r7,8")
        #expect(rows.map(\.line) == [1, 2, 6, 7, 9])
    }

    @Test(arguments: [
        ("a,b\n1,2\n\"3,4\n5,6\n", 3, "never closed"),
        ("a,b\n1,2\n3\",4\n", 3, "inside a field"),
        ("a,b\n\"1\"2,3\n", 2, "after a field's closing"),
        ("a,b\n\"1\" ,3\n", 2, "after a field's closing"),
    ])
    func `what shifts the columns is a fault`(text: String, line: Int, message: String) {
        #expect(fault(text)?.line == line)
        #expect(fault(text)?.message.contains(message) == true)
        #expect(fault(text)?.advice.isEmpty == false)
    }

    @Test func `a row has limits`() {
        let long = String(repeating: "x", count: SetupLimits.rowByteCountMax + 1)
        #expect(fault("a\n" + long)?.message.contains("too long") == true)
        #expect(fault("a\n\"\n" + long + "\"")?.message.contains("never closed") == true)
        let wide = String(repeating: ",", count: SetupLimits.columnCountMax)
        #expect(fault(wide)?.message.contains("too many fields") == true)
    }
}
