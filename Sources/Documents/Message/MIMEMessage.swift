import Wire
package import Dispatching
package import FoundationEssentials
import Invoicing

/// An e-mail as the bytes that SMTP carries: headers, both forms of the text, attachments.
///
/// RFC 5322, 2045 to 2047 and 2231. Everything is ASCII in lines of at most 78 characters, so no
/// server has to change it on its way. The same message and date give the same bytes: the
/// boundaries are made of the dispatch's id. SMTP's own dots (RFC 5321 § 4.5.2) are the
/// transport's.
package struct MIMEMessage {
    /// How many bytes the message comes to, known without encoding what is attached.
    package let encodedBytes: Int

    /// What the bytes of a file come to in it.
    package static func encodedBytes(_ count: Int) -> Int { Base64.bytesInLines(count) }

    private let headers: [String]
    private let root: MIMEPart

    package init(_ message: OutgoingMessage, date: Date) {
        headers = Self.headers(of: message, date: date)
        root = Self.root(of: message)
        encodedBytes = headers.reduce(0) { $0 + $1.utf8.count + 2 } + root.encodedBytes
    }

    /// The whole message, with CRLF after every line.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encodedBytes)
        for header in headers {
            bytes += header.utf8
            bytes += MIMEPart.newline
        }
        root.append(to: &bytes)
        return bytes
    }

    private static func headers(of message: OutgoingMessage, date: Date) -> [String] {
        let replyTo = message.replyTo.map { HeaderText.field("Reply-To", mailbox: $0) }
        return [
            "Date: \(HeaderDate.mail(date))",
            HeaderText.field("From", mailbox: message.from),
            replyTo,
            HeaderText.field("To", mailbox: message.to),
            HeaderText.field("Subject", text: message.subject),
            "Message-ID: \(SingleLine(message.messageID).text.filter { !$0.isWhitespace })",
            // Asks holiday messages to keep silent (RFC 3834 § 5).
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
        ].compactMap(\.self)
    }

    private static func root(of message: OutgoingMessage) -> MIMEPart {
        let id = message.dispatchID.uuidString.lowercased()
        let text = MIMEPart.text(message.text, subtype: "plain")
        let body =
            message.html.map { html in
                MIMEPart.multipart(
                    "alternative", boundary: "=_budstikke_text_\(id)",
                    [text, .text(html, subtype: "html")])
            } ?? text
        guard !message.attachments.isEmpty else { return body }
        return .multipart(
            "mixed", boundary: "=_budstikke_\(id)",
            [body] + message.attachments.map(MIMEPart.attachment))
    }
}
