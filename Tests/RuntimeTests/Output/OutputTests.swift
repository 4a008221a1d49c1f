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
            (3, 12, 0, "sending 3/12 (25 %)"), (12, nil, 0.5, "sending 12"),
            (5, 0, 0, "sending 5"), (13, 12, 2, "sending 13/12 (100 %), 7 a second"),
            (200, 1_000, 10, "sending 200/1000 (20 %), 20 a second, 0:40 left"),
            (1, 4, 4, "sending 1/4 (25 %), 15 a minute, 0:12 left"),
            (1_000, nil, 10, "sending 1000, 100 a second"),
            (1, 10_001, 2, "sending 1/10001 (0 %), 30 a minute, 5:33:20 left"),
        ] as [(Int, Int?, Double, String)])
    func `progress is a count, a share, a rate and the time left, as far as they are known`(
        done: Int, total: Int?, seconds: Double, text: String
    ) {
        #expect(Progress("sending", isOn: true).text(done, of: total, seconds: seconds) == text)
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
        ("two\nlines", "two lines"), ("two\r\nlines", "two  lines"), ("", ""),
        ("\u{1b}[31mred", " [31mred"),
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-5.50", "-5.50"), ("-x", "'-x"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("=a,b", "\"'=a,b\""),
    ])
    func `a cell of CSV is quoted where it must be, and no formula`(cell: String, field: String) {
        #expect(Table(headings: ["h"], rows: [[cell]]).csv == "h\r\n\(field)\r")
    }

    private static let wide = Table(
        headings: ["document", "customer", "message", "status"],
        rows: [
            [
                "10001", "Blåbær og Tyttebær AS", "The mailbox is full, and was full before",
                "failed",
            ],
            ["10002", "Å", "", "completed"],
        ])

    @Test func `cells that are too long are broken into lines`() {
        #expect(
            Self.wide.text(on: Screen(columns: 60)) == """
                document  customer            message              status
                10001     Blåbær og Tyttebær  The mailbox is       failed
                          AS                  full, and was full
                                              before
                10002     Å                                        completed
                """)
    }

    @Test(arguments: [40, 60, 80, 120])
    func `no line is wider than the terminal`(columns: Int) {
        let text = Self.wide.text(on: Screen(columns: columns))
        #expect(text.split(separator: "\n").allSatisfy { TextWidth.of(String($0)) <= columns })
    }

    @Test func `what fits in no way beside each other stands below each other`() {
        let table = Table(
            headings: ["id", "reason", "none"],
            rows: [["0123456789-0123456789", "unknown-recipient-here", ""], ["1", "b", "c"]])
        #expect(
            table.text(on: Screen(columns: 40)) == """
                id      0123456789-0123456789
                reason  unknown-recipient-here

                id      1
                reason  b
                none    c
                """)
    }

    @Test func `failed is red where there is colour, and only there`() {
        let table = Table(headings: ["a", "b"], rows: [["failed", "x"]])
        #expect(
            table.text(on: Screen(hasColour: true))
                == "a       b\n\u{1b}[31mfailed\u{1b}[0m  x")
        #expect(table.text == "a       b\nfailed  x")
    }
}

@Suite struct ScreenTests {
    @Test func `a sentence is broken between words, and indented after its first line`() {
        #expect(
            Screen(columns: 20).lines("BROKEN  runs: no run of send since noon", indent: 4)
                == ["BROKEN  runs: no run", "    of send since", "    noon"])
        #expect(Screen(columns: 8).lines("0123456789", indent: 2) == ["01234567", "  89"])
        #expect(Screen().lines("as long as it is") == ["as long as it is"])
    }

    @Test func `what is invisible is shown`() {
        #expect(Screen().lines("a\u{1b}[2J\r\nb") == ["a\\u{1b}[2J\\u{d}\\u{a}b"])
    }

    @Test func `what is no terminal has no width and no colour`() throws {
        let folder = try TemporaryFolder()
        let descriptor = open(try folder.file("out", ""), O_WRONLY)
        defer { close(descriptor) }
        let screen = Screen.of(descriptor, ["COLUMNS": "80"])
        #expect(screen.columns == nil && !screen.hasColour)
    }

    @Test func `a terminal's width is known, and NO_COLOR holds`() throws {
        let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        try #require(terminal >= 0)
        defer { close(terminal) }
        var size = winsize(ws_row: 24, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
        #expect(Screen.of(terminal, [:]).columns == 132)
        #expect(Screen.of(terminal, [:]).hasColour)
        #expect(!Screen.of(terminal, ["NO_COLOR": "1"]).hasColour)
        #expect(!Screen.of(terminal, ["TERM": "dumb"]).hasColour)
    }
}

@Suite struct ResultValueTests {
    @Test func `each value has the type that it is of`() throws {
        let date = Date(timeIntervalSince1970: 1_795_489_800)
        let id = UUID(uuidString: "ABCDEF00-0000-0000-0000-000000000001") ?? UUID()
        let object: ResultObject = [
            "document": "10001", "tenant": .number(7), "amount": .money("1250.00", currency: "NOK"),
            "going_out": .flag(true), "created_at": .instant(date), "dispatch": .id(id),
            "ended_at": .some(nil as Date?), "notes": .texts(["a\nb"]), "empty": .some(""),
            "summary": .json("{\"x\":1}", words: "x"),
        ]
        #expect(
            object.json == #"{"document":"10001","tenant":7,"amount":1250.00,"currency":"NOK","#
                + #""going_out":true,"created_at":"2026-11-24T03:10:00Z","#
                + #""dispatch":"abcdef00-0000-0000-0000-000000000001","ended_at":null,"#
                + #""notes":["a\nb"],"empty":null,"summary":{"x":1}}"#)
        #expect(ResultValue.id(id).words(isShort: true) == "abcdef00")
        #expect(ResultValue.money("1250.00", currency: "NOK").words() == "1250.00 NOK")
        #expect(ResultValue.real(0.25).json == "0.25")
        for number in [Double.nan, .infinity, -.infinity] {
            #expect(ResultValue.real(number).json == "null", "JSON has no \(number)")
        }
    }

    @Test func `times are RFC 3339, or the machine's own`() async {
        let date = Date(timeIntervalSince1970: 1_795_489_800)
        #expect(TimeStyle.rfc3339.text(date) == "2026-11-24T03:10:00Z")
        await #expect(processExitsWith: .exitCode(0)) {
            setenv("TZ", "Europe/Oslo", 1)
            let date = Date(timeIntervalSince1970: 1_795_489_800)
            exit(TimeStyle.local.text(date) == "2026-11-24 04:10:00" ? 0 : 1)
        }
    }
}
