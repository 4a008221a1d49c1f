import Wire

/// What a mail that came back shows of the one that we sent.
struct OwnCopy {
    /// Which dispatch it is about: by the address that the mail came to, else by the copy in it.
    let mark: DispatchMark?
    /// The mail came to the return path of one of our messages.
    let isToMark: Bool
    /// The Message-ID of the copy.
    let messageID: String?
    /// Whom we had sent to.
    let recipient: String?

    /// Where a server writes down the address that a mail was delivered to.
    private static let deliveryHeaders = [
        "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to",
    ]

    init(_ mail: MailPart, returnPath: ReturnPath) {
        let delivered = Self.deliveryHeaders.lazy.flatMap { mail.headers.all($0) }
            .flatMap { $0.split { " ,;<>\"".contains($0) } }
            .compactMap { returnPath.mark(in: $0) }.first
        let headers = Self.copy(in: mail)
        let sent = headers?[BounceMail.markHeader.lowercased()].flatMap { DispatchMark($0) }
        let returned = headers?["return-path"].flatMap { value in
            value.split { " <>".contains($0) }.compactMap { returnPath.mark(in: $0) }.first
        }
        isToMark = delivered != nil
        mark = delivered ?? sent ?? returned
        // Only an id that we could have given is worth asking our own rows for.
        messageID = headers?["message-id"].flatMap { id in
            id.hasPrefix("<") && id.hasSuffix(">") && id.utf8.count <= 300
                && id.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? id : nil
        }
        recipient = headers?["to"].flatMap { AddressScan.addresses(in: $0).first?.text }
    }

    /// The header of the copy: in a part of its own (RFC 3462), or behind the words of a server
    /// that writes prose.
    private static func copy(in mail: MailPart) -> MailHeaders? {
        for part in mail.all.dropFirst() {
            switch part.type {
            case "message/rfc822", "message/global": return part.parts.first?.headers
            case "text/rfc822-headers", "message/global-headers":
                return MailHeaders(MailReader.split(part.content[...]).0)
            default: continue
            }
        }
        guard mail.parts.isEmpty else { return nil }
        return inProse(mail.content)
    }

    /// The last stretch of lines that holds a Message-ID.
    private static func inProse(_ content: [UInt8]) -> MailHeaders? {
        var rest = content[...]
        var stretches = 0
        while !rest.isEmpty, stretches < 200 {
            let (stretch, next) = MailReader.split(rest)
            let headers = MailHeaders(stretch)
            if headers["message-id"] != nil { return headers }
            rest = next
            stretches += 1
        }
        return nil
    }
}
