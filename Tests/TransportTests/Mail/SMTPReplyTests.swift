import Testing

@testable import Transport

/// How a server's reply is read.
struct SMTPReplyTests {
    private func reply(_ line: String) -> SMTPReply? {
        SMTPReply([Array(line.utf8)])
    }

    @Test(arguments: ["5.1.1", "5.7.134", "5.0.0"])
    func `an enhanced code is three numbers`(code: String) {
        #expect(reply("550 \(code) no")?.enhancedCode == code)
        #expect(reply("550 \(code) no")?.text == "no")
    }

    @Test(arguments: [
        "4.1.1", "5.1", "5.1.1.1", "5.1.1000", "5.1.", "5.+1.1", "5.1.-1", "5.1.١",
        "5.1.1\u{301}\u{316}",
    ])
    func `anything else is words`(words: String) {
        #expect(reply("550 \(words) no")?.enhancedCode == nil)
        #expect(reply("550 \(words) no")?.text == "\(words) no")
    }
}
