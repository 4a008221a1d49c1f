/// What JSON is written to: bytes, or only their count.
protocol JSONSink {
    /// JSON as it stands.
    mutating func raw(_ json: StaticString)

    /// A string with its quotes (RFC 8259 § 7).
    mutating func string(_ text: String)

    /// A string with its quotes that holds bytes in base64 (RFC 4648 § 4).
    mutating func base64(_ bytes: [UInt8])
}
