/// The no that a server gave while a connection was opened: to a log-in, or to us altogether.
struct MailRefusal: Hashable {
    /// The server's line, without IMAP's tag.
    let text: String
    /// Whether the same may be taken later: the server can't reach whom it asks (RFC 4954 § 6,
    /// RFC 5530 § 3).
    let isTransient: Bool

    /// The last line of an opening, where it is a no.
    init?(opening: [UInt8]) {
        let lines = opening.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        guard let line = lines.last.map({ String(decoding: $0, as: UTF8.self) }) else {
            return nil
        }
        if let reply = SMTPReply([Array(line.utf8)]) {
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
