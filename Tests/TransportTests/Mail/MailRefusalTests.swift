import Testing

@testable import Transport

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
