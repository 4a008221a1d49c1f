/// Counts the bytes that JSON would take, without making them.
struct JSONSize: JSONSink {
    private(set) var count = 0

    mutating func raw(_ json: StaticString) {
        count += json.utf8CodeUnitCount
    }

    mutating func string(_ text: String) {
        var text = text
        count += 2 + text.withUTF8(Self.escapedCount)
    }

    /// Without a branch, so that the compiler takes many bytes at a time.
    private static func escapedCount(_ utf8: UnsafeBufferPointer<UInt8>) -> Int {
        var count = utf8.count
        for byte in utf8 {
            let isQuoted = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
            let isBlank =
                byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
                || byte == UInt8(ascii: "\t")
            count &+= (isQuoted ? 1 : 0) &+ (byte < 0x20 ? 5 : 0) &- (isBlank ? 4 : 0)
        }
        return count
    }

    /// What so many bytes come to in base64, without its quotes.
    static func base64(_ count: Int) -> Int { (count + 2) / 3 * 4 }

    mutating func base64(_ bytes: [UInt8]) {
        count += 2 + Self.base64(bytes.count)
    }
}
