import TestSupport
import Testing

@testable import Bounces

@Suite struct ClassifierTextTests {
    @Test(arguments: [
        ("", " "), ("Mailbox FULL", " mailbox full "), ("over-quota", " over quota "),
        ("E-mail e-MAIL", " email email "), ("doesn't can't", " doesnt cant "),
        ("550-5.1.1 No such 550 5.1.1 user", " no such user "),
        ("IP 192.0.2.1 is listed", " ip is listed "),
        ("mailbox <first.last-name+tag@mail.example.com> is full", " mailbox is full "),
        ("<user@example.com>: unknown", " unknown "), ("S3150 [TSS04]", " s3150 tss04 "),
        ("user@", " "), ("@user", " "), ("a@b c", " c "), ("postkassen på", " postkassen på "),
        ("https://www.example.com/a_b?c=d", " https www example com a b "),
        (" \t\r\n,,, ", " "), ("a.b.c", " a b c "),
    ])
    func `a server's words are brought into a plain form`(text: String, plain: String) {
        let written = ClassifierText.withPlain(text) { String(decoding: $0, as: UTF8.self) }
        #expect(written == plain)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `no text is too strange, and the plain form stays plain`(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let alphabet = Array("aE1 .@-'<>:é\u{1F600}\n")
        let text = String(
            (0..<numbers.int(0...40)).map { _ in
                alphabet[numbers.int(0...alphabet.count - 1)]
            })
        let plain = ClassifierText.withPlain(text) { String(decoding: $0, as: UTF8.self) }
        #expect(plain.hasPrefix(" ") && plain.hasSuffix(" "))
        #expect(!plain.contains("  ") && !plain.contains("@") && !plain.contains("E"))
        #expect(plain.utf8.count <= text.utf8.count + 2)
    }
}
