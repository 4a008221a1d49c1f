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

    /// Sixteen random bytes as 22 characters: the newer form of SendGrid's ids.
    static func randomID() -> String {
        var generator = SystemRandomNumberGenerator()
        return encode((0..<2).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } })
    }
}
