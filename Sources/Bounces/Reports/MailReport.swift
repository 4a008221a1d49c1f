/// The mail that reports, out of what a gateway has wrapped around it, and what it consists of.
struct MailReport {
    let mail: MailPart
    /// What it says in fields, be it in a part of whatever type.
    let status: DeliveryStatusNotification?
    /// What the server says in prose, the copy of our mail left out.
    let words: ServerWords

    init(_ received: MailPart) {
        mail = Self.isReport(received) ? received : Self.wrapped(received) ?? received
        let part = Self.statusPart(mail)
        status = part.flatMap { DeliveryStatusNotification($0.content) }
        let texts = mail.leaves.filter { $0.type == "text/plain" }
        // In a report the words have a part of their own; where all is in one they stand in that.
        let own = texts.first { $0.content != part?.content } ?? texts.first
        words = ServerWords(
            own?.content ?? mail.first("text/html").map { Self.withoutTags($0.content) } ?? [])
    }

    /// The first mail within that is a report, or that a server wrote; never a copy of ours.
    private static func wrapped(_ mail: MailPart) -> MailPart? {
        mail.mails.first { inner in
            !inner.headers.isOurs
                && (isReport(inner)
                    || inner.headers.isFromServer && inner.headers.hasNullReturnPath)
        }
    }

    private static func isReport(_ mail: MailPart) -> Bool {
        statusPart(mail) != nil || mail.first("message/feedback-report") != nil
            || mail.first("message/disposition-notification") != nil
    }

    private static func statusPart(_ mail: MailPart) -> MailPart? {
        let leaves = mail.leaves
        return leaves.first { isStatus($0.type) }
            ?? leaves.first {
                $0.type != "text/rfc822-headers" && $0.type != "text/html"
                    && DeliveryStatusNotification.isReport($0.content)
            }
    }

    private static func isStatus(_ type: String) -> Bool {
        ["message/delivery-status", "message/global-delivery-status"].contains(type)
    }

    /// HTML as words: without its tags, whose ends are those of words.
    private static func withoutTags(_ html: [UInt8]) -> [UInt8] {
        var isTag = false
        return html.map { byte in
            if byte == UInt8(ascii: "<") { isTag = true }
            defer { if byte == UInt8(ascii: ">") { isTag = false } }
            return isTag && byte != 0x0A ? 0x20 : byte == UInt8(ascii: ">") ? 0x20 : byte
        }
    }
}
