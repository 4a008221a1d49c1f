import Foundation
import TestSupport
import Testing
import Wire

struct Base64Tests {
    @Test func `what is written is what Foundation writes and reads, on one line and on many`() {
        var random = SeededNumbers(seed: 64)
        for count in Array(0...200) + [1_000, 4_096] {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            let text = Base64.text(bytes)
            #expect(text == Data(bytes).base64EncodedString())
            #expect(Base64.strictlyDecoded(text.utf8) == bytes)
            #expect(Base64.leniently(decoded: Array(text.utf8)[...]) == bytes)
            var lines: [UInt8] = []
            Base64.appendLines(bytes, to: &lines)
            #expect(lines.count == Base64.bytesInLines(count))
            let ended = count == 0 ? "" : "\r\n"
            #expect(
                String(decoding: lines, as: UTF8.self)
                    == Data(bytes).base64EncodedString(
                        options: [
                            .lineLength76Characters, .endLineWithCarriageReturn,
                            .endLineWithLineFeed,
                        ]) + ended)
        }
    }

    @Test(arguments: [
        ("QUJD", "ABC"), ("QUI=", "AB"), ("QQ==", "A"), (" Q U\nJ D ", "ABC"), ("", ""),
        ("QUJ", nil), ("QQ=", nil), ("Q===", nil), ("QQ==QQ==", nil), ("QU-D", nil), ("====", nil),
    ])
    func `base64 is strict`(text: String, decoded: String?) {
        let bytes = Base64.strictlyDecoded(text.utf8)
        #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == decoded)
    }

    @Test(arguments: [
        ("Q*U J\u{0}D", "ABC"), ("QUI=QUJD", "AB"), ("Q", ""), ("QUJDR", "ABC"), ("====", ""),
    ])
    func `of a mail's is read what can be`(text: String, decoded: String) {
        let bytes = Base64.leniently(decoded: Array(text.utf8)[...])
        #expect(String(decoding: bytes, as: UTF8.self) == decoded)
    }
}
