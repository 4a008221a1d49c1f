import ArgumentParser
import Foundation
import Testing

@testable import Runtime

@Suite struct OutputTests {
    @Test func `all bytes go out, however large`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("out", "")
        let descriptor = open(path, O_WRONLY)
        let text = String(repeating: "blåbær\n", count: 200_000)
        #expect(Output.write(text, to: descriptor) == 0)
        close(descriptor)
        #expect(try String(contentsOf: URL(filePath: path), encoding: .utf8) == text)
    }

    @Test func `a reader that went away ends no program`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            var ends: [Int32] = [0, 0]
            pipe(&ends)
            dup2(ends[1], 1)
            close(ends[1])
            close(ends[0])
            StubCommand.main(["done", "--json"])
        }
    }

    @Test func `results that a full disk did not take end with 74`() async {
        let result = await #expect(
            processExitsWith: .exitCode(74), observing: [\.standardErrorContent]
        ) {
            dup2(open("/dev/full", O_WRONLY), 1)
            StubCommand.main(["done", "--json"])
        }
        #expect(
            result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) }?
                .hasSuffix("can't write to standard output: No space left on device\n") == true)
    }

    @Test func `a closed standard error ends no program`() async {
        await #expect(processExitsWith: .exitCode(64)) {
            close(2)
            StubCommand.main(["usage"])
        }
    }

    @Test(
        arguments: [
            (3, 12, "sending 3/12 (25 %)"), (12, nil, "sending 12"), (5, 0, "sending 5"),
            (13, 12, "sending 13/12 (100 %)"),
        ] as [(Int, Int?, String)])
    func `progress is a count, and a share where the whole is known`(
        done: Int, total: Int?, text: String
    ) {
        #expect(Progress("sending", isOn: true).text(done, of: total) == text)
    }

    @Test func `progress writes nothing where there is no terminal`() async {
        let result = await #expect(
            processExitsWith: .exitCode(0), observing: [\.standardErrorContent]
        ) {
            var progress = Progress("sending")
            for count in 1...1_000 { progress.show(count, of: 1_000) }
            progress.end()
        }
        #expect(result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } == "")
    }

    @Test func `a log line takes the place of the progress line`() async {
        let result = await #expect(
            processExitsWith: .exitCode(0), observing: [\.standardErrorContent]
        ) {
            var progress = Progress("sending", isOn: true)
            progress.show(1, of: 4)
            Output.say("info: claimed")
            progress.end()
        }
        #expect(
            result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) }
                == "\r\u{1b}[Ksending 1/4 (25 %)\r\u{1b}[Kinfo: claimed\n")
    }
}

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
