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
