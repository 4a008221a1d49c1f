import Foundation
import Testing

@testable import Runtime

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
