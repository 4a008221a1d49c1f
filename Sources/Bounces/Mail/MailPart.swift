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

    /// The content as text; what is not UTF-8 is taken for Latin-1, in which every byte is a
    /// letter.
    var text: String { Self.text(content) }

    static func text(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// This part and all within it, the outermost first.
    var all: [MailPart] { [self] + parts.flatMap(\.all) }

    /// The first part of a type that is not inside of a mail within the mail.
    func first(_ type: String) -> MailPart? {
        if self.type == type { return self }
        guard !self.type.hasPrefix("message/") else { return nil }
        for part in parts {
            if let found = part.first(type) { return found }
        }
        return nil
    }
}
