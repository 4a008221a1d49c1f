import FoundationEssentials

/// An instant in milliseconds since 1970, UTC.
struct Timestamp: Hashable, Comparable, Sendable {
    var milliseconds: Int64

    /// The whole second that it lies in: the API counts no finer.
    var seconds: Int64 {
        Int64((Double(milliseconds) / 1000).rounded(.down))
    }

    /// Its whole second in ISO 8601, `2026-02-03T04:05:06Z`.
    var iso8601: String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }

    init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    init(seconds: Int64) {
        self.milliseconds = seconds * 1000
    }

    /// Reads ISO 8601 with a zone, with or without a fraction of a second.
    init?(iso8601 text: String) {
        let style = Date.ISO8601FormatStyle()
        let withFraction = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let date = (try? style.parse(text)) ?? (try? withFraction.parse(text))
        else { return nil }
        self.milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
    }

    /// The wall clock.
    static var wallClock: Timestamp {
        Timestamp(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))
    }

    func advanced(byMilliseconds count: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds + count)
    }

    static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

/// Bytes as small hexadecimal digits.
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

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
