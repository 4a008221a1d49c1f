import Wire
import Foundation
import Logging
import Testing

@testable import Runtime

@Suite struct LineLogHandlerTests {
    private let now = Date(timeIntervalSince1970: 1_795_489_800.25)

    @Test func `a terminal shows the level, the event and its values`() {
        #expect(
            line(.text, terminal: true, pairs: [("dispatch", "17"), ("reason", "user unknown")])
                == #"warning: bounced dispatch=17 reason="user unknown""#)
    }

    @Test func `a file shows the time as well`() {
        #expect(line(.text, pairs: []) == "2026-11-24T03:10:00.250Z warning: bounced")
    }

    @Test func `colour is for the level's word alone`() {
        #expect(
            line(.text, terminal: true, colour: true, pairs: [("a", "b")])
                == "\u{1b}[33mwarning\u{1b}[0m: bounced a=b")
        #expect(line(.text, .info, terminal: true, colour: true, pairs: []) == "info: bounced")
    }

    @Test func `JSON has neither colour nor priority`() {
        #expect(
            line(.json, terminal: true, colour: true, pairs: [("a", "b c")])
                == #"{"time":"2026-11-24T03:10:00.250Z","level":"warning","program":"stub","#
                + #""run":"abcdef00-0000-0000-0000-000000000001","event":"bounced","a":"b c"}"#)
    }

    @Test(arguments: [
        (Logger.Level.debug, "<7>bounced"), (.info, "<6>bounced"), (.notice, "<5>bounced"),
        (.warning, "<4>bounced"), (.error, "<3>bounced"), (.critical, "<2>bounced"),
    ])
    func `the journal gets its priority`(level: Logger.Level, expected: String) {
        #expect(line(.journal, level, pairs: []) == expected)
    }

    /// What a hostile mail server may answer.
    private static let hostile = [
        "550 \u{1b}[2J\u{1b}[1;1Hcleared", "550 \u{1b}]0;title\u{7}", "550 ok\nerror: faked",
        "550 a\rb", "550 \u{9b}31m", "550 \u{202e}gpj.exe", "550 \u{2066}x\u{2069}",
        "550 \u{200b}zero", "550 \u{feff}bom", "550 \u{2028}line", "550 \u{0}nul",
        "550 \u{e0041}tag", "550 \u{85}next",
    ]

    @Test(arguments: hostile)
    func `no text can begin a line or steer a terminal`(text: String) {
        for format in [LogFormat.text, .json, .journal] {
            for line in [
                line(format, message: text, terminal: true, pairs: []),
                line(format, terminal: true, pairs: [("text", text)]),
            ] {
                #expect(line.unicodeScalars.allSatisfy { !$0.isInvisible }, "\(format)")
            }
        }
    }

    @Test(arguments: hostile)
    func `JSON gives the text back as it was`(text: String) throws {
        let line = line(.json, pairs: [("text", text)])
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
        #expect(object?["text"].map { Array($0.utf16) } == Array(text.utf16))
    }

    @Test(arguments: [
        ("", #"v="""#), ("a b", #"v="a b""#), ("a=b", #"v="a=b""#), ("a\"b", #"v="a\"b""#),
        ("a\\b", #"v="a\\b""#), ("a\nb", #"v="a\nb""#), ("blåbær", "v=blåbær"),
        ("k•••@firma.no", "v=k•••@firma.no"),
    ])
    func `a value that would not read back as one word is quoted`(value: String, shown: String) {
        #expect(line(.journal, pairs: [("v", value)]) == "<4>bounced \(shown)")
    }

    private func line(
        _ format: LogFormat, _ level: Logger.Level = .warning, message: String = "bounced",
        terminal: Bool = false, colour: Bool = false, pairs: [(String, String)]
    ) -> String {
        LineLogHandler(
            label: "stub", format: format, level: .debug, isTerminal: terminal, hasColour: colour
        ).line(
            level: level, message: message, pairs: pairs, now: now,
            runID: UUID(uuidString: "ABCDEF00-0000-0000-0000-000000000001") ?? UUID())
    }
}

@Suite struct LogFormatTests {
    @Test func `the journal is told by the stream itself, not by the variable`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("journal", "")
        let descriptor = open(path, O_WRONLY)
        defer { close(descriptor) }
        var status = stat()
        try #require(fstat(descriptor, &status) == 0)
        let stream = "\(status.st_dev):\(status.st_ino)"
        #expect(LogFormat.isJournal(descriptor, ["JOURNAL_STREAM": stream]))
        #expect(!LogFormat.isJournal(descriptor, ["JOURNAL_STREAM": "8:1"]))
        #expect(!LogFormat.isJournal(descriptor, ["JOURNAL_STREAM": ""]))
        #expect(!LogFormat.isJournal(descriptor, [:]))
        #expect(!LogFormat.isJournal(-1, ["JOURNAL_STREAM": stream]))
    }

    @Test(arguments: [LogFormat.text, .json, .journal])
    func `what is asked for is what one gets`(format: LogFormat) {
        #expect(format.fitting == format)
    }

    @Test(arguments: [
        ([:], true), (["NO_COLOR": ""], true), (["NO_COLOR": "1"], false),
        (["TERM": "dumb"], false), (["TERM": "xterm-256color"], true),
    ])
    func `NO_COLOR is obeyed`(environment: [String: String], allowed: Bool) {
        #expect(Output.allowsColour(environment) == allowed)
    }
}
