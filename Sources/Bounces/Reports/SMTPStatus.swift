/// A status that is either a reply code or an enhanced code (RFC 3463).
package struct SMTPStatus {
    package let replyCode: Int?
    package let enhancedCode: String?

    package init(_ text: String) {
        // Longer is neither, whatever it is made of.
        let text = text.utf8.count <= 11 ? text : ""
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isEnhanced =
            parts.count == 3 && ["2", "4", "5"].contains(Substring(parts[0]))
            && parts.dropFirst().allSatisfy {
                (1...3).contains($0.count) && $0.allSatisfy { $0.digit != nil }
            }
        enhancedCode = isEnhanced ? text : nil
        replyCode = Int(text).flatMap { (200..<600).contains($0) ? $0 : nil }
    }

    /// The code that a text begins with, be it in brackets: `5.1.1 (no such user)`, `#5.1.1`.
    init(beginning text: String) {
        let code = text.utf8.drop { $0.digit == nil }.prefix { $0.digit != nil || $0 == 0x2E }
        let lead = text.utf8.count - text.utf8.drop { $0.digit == nil }.count
        self.init(lead <= 2 ? String(decoding: code.prefix(12), as: UTF8.self) : "")
    }

    /// 2, 4 or 5; of the two codes the enhanced one's.
    var statusClass: Int? {
        enhancedCode?.utf8.first.map { Int($0 - UInt8(ascii: "0")) } ?? replyCode.map { $0 / 100 }
    }
}
