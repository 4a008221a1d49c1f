import Wire

/// Writes JSON directly into bytes.
struct JSONBytes: JSONSink {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    mutating func raw(_ json: StaticString) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(
                start: json.utf8Start, count: json.utf8CodeUnitCount))
    }

    mutating func string(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            var start = 0
            for (index, byte) in utf8.enumerated()
            where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
                escape(byte)
                start = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
        case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
        case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            bytes += [
                UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0"),
                digits[Int(byte >> 4)], digits[Int(byte & 15)],
            ]
        default: bytes.append(byte)
        }
    }

    mutating func base64(_ content: [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        Base64.append(content[...], to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }
}

/// A destination for JSON: bytes, or only their count.
protocol JSONSink {
    /// Appends JSON unchanged.
    mutating func raw(_ json: StaticString)

    /// Appends a quoted string (RFC 8259 § 7).
    mutating func string(_ text: String)

    /// Appends a quoted string with bytes in Base64 (RFC 4648 § 4).
    mutating func base64(_ bytes: [UInt8])
}

/// Counts the bytes that JSON would need, without producing them.
struct JSONSize: JSONSink {
    private(set) var count = 0

    mutating func raw(_ json: StaticString) {
        count += json.utf8CodeUnitCount
    }

    mutating func string(_ text: String) {
        var text = text
        count += 2 + text.withUTF8(Self.escapedCount)
    }

    /// Branch-free, so that the compiler can vectorise it.
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

    /// The Base64 length of so many bytes, without quotes.
    static func base64(_ count: Int) -> Int { (count + 2) / 3 * 4 }

    mutating func base64(_ bytes: [UInt8]) {
        count += 2 + Self.base64(bytes.count)
    }
}
