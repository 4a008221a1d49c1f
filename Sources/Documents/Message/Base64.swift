/// Base64 in lines of 76 characters (RFC 2045 § 6.8).
enum Base64 {
    private static let lineBytes = 57
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// What so many bytes come to, CRLF after each line counted.
    static func encodedBytes(_ count: Int) -> Int {
        (count + 2) / 3 * 4 + (count + lineBytes - 1) / lineBytes * 2
    }

    static func append(_ content: [UInt8], to output: inout [UInt8]) {
        output.reserveCapacity(output.count + encodedBytes(content.count))
        for start in stride(from: 0, to: content.count, by: lineBytes) {
            let end = min(start + lineBytes, content.count)
            for index in stride(from: start, to: end, by: 3) {
                appendGroup(content, index, end, to: &output)
            }
            output += MIMEPart.newline
        }
    }

    /// The same without lines, for an encoded word.
    static func text(_ content: [UInt8]) -> String {
        var output: [UInt8] = []
        for index in stride(from: 0, to: content.count, by: 3) {
            appendGroup(content, index, content.count, to: &output)
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func appendGroup(
        _ content: [UInt8], _ index: Int, _ end: Int, to output: inout [UInt8]
    ) {
        let second = index + 1 < end ? UInt32(content[index + 1]) : 0
        let third = index + 2 < end ? UInt32(content[index + 2]) : 0
        let group = UInt32(content[index]) << 16 | second << 8 | third
        output.append(alphabet[Int(group >> 18)])
        output.append(alphabet[Int(group >> 12 & 63)])
        output.append(index + 1 < end ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
        output.append(index + 2 < end ? alphabet[Int(group & 63)] : UInt8(ascii: "="))
    }
}
