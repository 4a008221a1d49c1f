/// A part of a mail that was received (RFC 2045, 2046), its content decoded.
struct MailPart {
    var headers: MailHeaders
    /// As `multipart/report`, in lower case.
    var type: String
    var parameters: [String: String]
    /// The decoded content; empty where it has parts.
    var content: [UInt8]
    /// The parts of a multipart, or the mail inside of `message/rfc822`.
    var parts: [MailPart]

    var isMail: Bool { type == "message/rfc822" || type == "message/global" }

    /// What has no parts in this mail, without what is inside of a mail within the mail.
    var leaves: [MailPart] {
        if isMail { return [] }
        return parts.isEmpty ? [self] : parts.flatMap(\.leaves)
    }

    /// The mails within the mail, the outermost first.
    var mails: [MailPart] {
        parts.flatMap { isMail ? [$0] + $0.mails : $0.mails }
    }

    /// The first leaf of a type.
    func first(_ type: String) -> MailPart? {
        leaves.first { $0.type == type }
    }

    /// The header of our mail where it came back in a part of its own (RFC 3462): of several that
    /// which carries our id.
    var returnedHeaders: MailHeaders? {
        let headers =
            mails.map(\.headers)
            + leaves.filter {
                $0.type == "text/rfc822-headers" || $0.type == "message/global-headers"
            }
            .map { MailHeaders(MailReader.split($0.content[...]).0) }
        return headers.first(where: \.isOurs) ?? headers.first
    }
}
