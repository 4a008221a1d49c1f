/// The no that a server gave while a connection was opened: to a log-in, or to us altogether.
struct MailRefusal: Hashable {
    /// The server's line, without IMAP's tag.
    let text: String
    /// Whether the same may be taken later: the server can't reach whom it asks (RFC 4954 § 6,
    /// RFC 5530 § 3).
    let isTransient: Bool
    /// The same as SMTP's reply, all its lines on one.
    let reply: SMTPReply?

    /// RFC 5321 § 4.5.3.1.5 lets a line have 512 bytes; of a longer one the beginning is read.
    private static let lineBytesMax = 4_096

    /// The last lines of an opening, where they are a no.
    init?(opening: [UInt8]) {
        let lines = opening.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let last = lines.last.map { String(decoding: $0.prefix(Self.lineBytesMax), as: UTF8.self) }
        guard let line = last else { return nil }
        let code = line.prefix(3)
        let same = lines.reversed().prefix { $0.prefix(3).elementsEqual(code.utf8) }.reversed()
        reply = SMTPReply(same.map { Array($0) })
        if let reply {
            guard reply.code >= 400 else { return nil }
            text = reply.description
            isTransient = reply.isTransient
            return
        }
        let words = line.split(separator: " ", maxSplits: 1)
        guard words.count == 2, ["NO ", "BAD ", "BYE "].contains(where: words[1].hasPrefix) else {
            return nil
        }
        text = String(words[1])
        isTransient =
            text.uppercased().contains("[UNAVAILABLE]") || text.uppercased().contains("[INUSE]")
    }
}
