import FoundationEssentials

/// Base64 with the alphabet for URLs and without padding (RFC 4648 § 5).
enum Base64URL {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let text = Data(bytes).base64EncodedString()
        return String(
            text.compactMap { character in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }

    /// Reads what `encode` wrote; nil where it is anything else.
    static func decode(_ text: String) -> [UInt8]? {
        let standard = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
        return Data(base64Encoded: String(standard) + padding).map(Array.init)
    }

    /// Sixteen random bytes as 22 characters: the newer form of SendGrid's ids.
    static func randomID() -> String {
        var generator = SystemRandomNumberGenerator()
        return encode((0..<2).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } })
    }
}
