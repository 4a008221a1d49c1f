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

/// What a server's last words say of why a connection was not made.
struct MailRefusalTests {
    @Test(arguments: [
        ("A2 NO [UNAVAILABLE] try later\r\n", "NO [UNAVAILABLE] try later", true),
        ("A2 NO [AUTHENTICATIONFAILED] no\r\n", "NO [AUTHENTICATIONFAILED] no", false),
        (
            "250-stub\r\n250 AUTH PLAIN\r\n535-5.7.8 Not accepted.\r\n535 5.7.8 See the manual.\r\n",
            "535 5.7.8 Not accepted. See the manual.", false
        ),
    ])
    func `the last words of an opening are its no`(
        _ opening: String, _ text: String, _ isTransient: Bool
    ) {
        let refusal = MailRefusal(opening: Array(opening.utf8))
        #expect(refusal?.text == text)
        #expect(refusal?.isTransient == isTransient)
        #expect(MailRefusal(opening: Array("250 ok\r\n".utf8)) == nil)
        #expect(MailRefusal(opening: []) == nil)
    }

    @Test func `of a line without an end the beginning is the no`() {
        let line = "A2 NO [UNAVAILABLE] " + String(repeating: "\u{1F1F3}", count: 10_000)
        let refusal = MailRefusal(opening: Array(line.utf8))
        #expect(refusal?.text.utf8.count == 4_096 - 3)
        #expect(refusal?.isTransient == true)
    }
}
