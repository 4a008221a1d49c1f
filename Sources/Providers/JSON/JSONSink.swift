/// What JSON is written to: bytes, or only their count.
protocol JSONSink {
    /// JSON as it stands.
    mutating func raw(_ json: StaticString)

    /// A string with its quotes (RFC 8259 § 7).
    mutating func string(_ text: String)

    /// A string with its quotes that holds bytes in base64 (RFC 4648 § 4).
    mutating func base64(_ bytes: [UInt8])
}

/// How long the escape of a byte within a JSON string is; 1 for one that needs none.
func jsonEscapeCount(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
        UInt8(ascii: "\t"):
        2
    case 0..<0x20: 6
    default: 1
    }
}
