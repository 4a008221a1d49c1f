/// A status that is either a reply code or an enhanced code (RFC 3463).
package struct SMTPStatus {
    package let replyCode: Int?
    package let enhancedCode: String?

    package init(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isEnhanced =
            parts.count == 3 && ["2", "4", "5"].contains(parts[0])
            && parts.dropFirst().allSatisfy { (1...3).contains($0.count) && Int($0) != nil }
        enhancedCode = isEnhanced ? text : nil
        replyCode = Int(text).flatMap { (200..<600).contains($0) ? $0 : nil }
    }
}
