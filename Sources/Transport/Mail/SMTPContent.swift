/// A message on its way into DATA: what it needs of the server, and its bytes with dots doubled.
struct SMTPContent {
    let isASCII: Bool
    /// With every dot that begins a line doubled (RFC 5321 § 4.5.2), the end not included.
    let stuffed: [UInt8]

    /// Sent by itself, so that it is known whether it can have left.
    static let end = Array(".\r\n".utf8)
    /// RFC 5321 § 4.5.3.1.6, without the line's end.
    static let lineBytesMax = 998

    /// Throws where a line end is not CRLF or a line too long.
    ///
    /// A stray CR or LF would be the end of a message to one server and not to the next, and let
    /// what follows it pass for commands (VU#302671).
    init(_ message: [UInt8]) throws(MailError) {
        var output: [UInt8] = []
        output.reserveCapacity(message.count + message.count / 64 + 2)
        var ascii: UInt8 = 0
        var lineStart = 0
        while lineStart < message.count {
            guard let end = message[lineStart...].firstIndex(of: 0x0A), end > lineStart,
                message[end - 1] == 0x0D
            else { throw MailError(.invalid, "a line of the message does not end in CRLF") }
            let line = message[lineStart..<end - 1]
            guard line.count <= Self.lineBytesMax, !line.contains(0x0D), !line.contains(0) else {
                throw MailError(.invalid, "a line of the message is too long or holds CR or NUL")
            }
            if line.first == UInt8(ascii: ".") { output.append(UInt8(ascii: ".")) }
            ascii |= line.reduce(0, |)
            output += message[lineStart...end]
            lineStart = end + 1
        }
        isASCII = ascii < 0x80
        stuffed = output
    }
}
