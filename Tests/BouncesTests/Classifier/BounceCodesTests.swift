import TestSupport
import Testing

@testable import Bounces

@Suite struct BounceCodesTests {
    @Test(arguments: [
        ("550 5.1.1 No such user", 550, "5.1.1"), ("550-5.7.1 Blocked", 550, "5.7.1"),
        ("550 No such user", 550, nil), ("smtp; 550 5.1.1 user unknown", 550, "5.1.1"),
        ("host mx.example.com[192.0.2.1] said: 553 sorry (#5.7.1)", 553, "5.7.1"),
        ("Remote Server returned '550 5.2.2 Mailbox Full'", 550, "5.2.2"),
        ("because of 550 5.1.1 User unknown", 550, "5.1.1"), ("421", 421, nil),
        ("waited 550 seconds", nil, nil), ("5.1.1 unknown", nil, "5.1.1"),
        ("IP 5.1.1.7 is listed", nil, nil), ("version 5.1", nil, nil),
        ("2.0.0 OK", nil, nil), ("mx5.1.1", nil, nil), ("550", 550, nil),
        ("5501 things", nil, nil), ("650 5.1.1 x", nil, "5.1.1"), ("5.7.12345", nil, nil),
        ("", nil, nil), ("5.", nil, nil), ("5.1.1.", nil, "5.1.1"),
    ])
    func `codes are taken from the text where they are not given`(
        text: String, reply: Int?, enhanced: String?
    ) {
        let codes = BounceCodes(BounceEvidence(text: text))
        #expect(codes.reply == reply)
        #expect(codes.enhanced == enhanced.flatMap { EnhancedCode($0) })
    }

    @Test(arguments: [
        ("5.0.0", "sorry (#5.1.1)", "5.1.1"), ("5.1.1", "also 5.2.2", "5.1.1"),
        ("5.4.7", "last: 452 4.2.2 full", "4.2.2"), ("5.4.7", "last: 4.4.1 timeout", "5.4.7"),
    ])
    func `a specific code, or the cause of an expiry, goes before the one given`(
        given: String, text: String, expected: String
    ) {
        let codes = BounceCodes(BounceEvidence(replyCode: 554, enhancedCode: given, text: text))
        #expect(codes.enhanced == EnhancedCode(expected))
    }

    @Test(arguments: [(450, "5.2.2", 4), (550, "4.2.2", 5), (nil, "4.2.2", 4), (nil, nil, nil)])
    func `the reply's digit goes before the enhanced code's`(
        reply: Int?, enhanced: String?, expected: Int?
    ) {
        let codes = BounceCodes(reply: reply, enhanced: enhanced.flatMap { EnhancedCode($0) })
        #expect(codes.statusClass == expected)
    }
}

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
