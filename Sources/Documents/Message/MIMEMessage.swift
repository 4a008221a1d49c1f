package import Dispatching
package import FoundationEssentials
import Invoicing
import Wire

/// An e-mail as the bytes for SMTP: headers, both bodies, attachments.
///
/// RFC 5322, 2045 to 2047 and 2231. Everything is ASCII in lines of at most 78 characters, so no
/// server has to change it in transit. The same message and date result in the same bytes: the
/// boundaries are derived from the dispatch's id. SMTP's dot stuffing (RFC 5321 § 4.5.2) is left to
/// the transport.
package struct MIMEMessage {
    /// The size of the message in bytes, calculated without encoding the attachments.
    package let encodedBytes: Int

    /// The size of a file in the message, from its own size in bytes.
    package static func encodedBytes(_ count: Int) -> Int { Base64.bytesInLines(count) }

    private let headers: [String]
    private let root: MIMEPart

    /// `date` is the value of the header Date.
    package init(_ message: OutgoingMessage, date: Date) {
        headers = Self.headers(of: message, date: date)
        root = Self.root(of: message)
        encodedBytes = headers.reduce(0) { $0 + $1.utf8.count + 2 } + root.encodedBytes
    }

    /// The complete message, with CRLF after every line.
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
            // Asks automatic responders not to answer (RFC 3834 § 5).
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

/// One part of a message (RFC 2045): its headers, and a body that is encoded when it is written.
struct MIMEPart {
    static let newline: [UInt8] = [0x0D, 0x0A]

    let headers: [String]
    let body: Body

    enum Body {
        /// Already encoded, with CRLF at its end.
        case encoded([UInt8])
        /// To be written in base64.
        case binary([UInt8])
        case parts([MIMEPart], boundary: String)
    }

    static func text(_ text: String, subtype: String) -> MIMEPart {
        MIMEPart(
            headers: [
                "Content-Type: text/\(subtype); charset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
            ],
            body: .encoded(QuotedPrintable.encode(text)))
    }

    static func attachment(_ attachment: Attachment) -> MIMEPart {
        let type = HeaderText.contentType(attachment.contentType)
        return MIMEPart(
            headers: [
                "Content-Type: \(type)" + HeaderText.parameter("name", attachment.fileName),
                "Content-Disposition: attachment"
                    + HeaderText.parameter("filename", attachment.fileName),
                "Content-Transfer-Encoding: base64",
            ],
            body: .binary(attachment.content))
    }

    /// The boundary must not occur in a part: since it begins with `=_` it can't, in either
    /// encoding (RFC 2045 § 6.7).
    static func multipart(_ subtype: String, boundary: String, _ parts: [MIMEPart]) -> MIMEPart {
        MIMEPart(
            headers: ["Content-Type: multipart/\(subtype);\r\n boundary=\"\(boundary)\""],
            body: .parts(parts, boundary: boundary))
    }

    var encodedBytes: Int {
        headers.reduce(2) { $0 + $1.utf8.count + 2 } + bodyBytes
    }

    private var bodyBytes: Int {
        switch body {
        case .encoded(let bytes): bytes.count
        case .binary(let bytes): Base64.bytesInLines(bytes.count)
        case .parts(let parts, let boundary):
            // `--boundary` and CRLF before each, CRLF after it; `--boundary--` at the end.
            parts.reduce(boundary.utf8.count + 6) {
                $0 + boundary.utf8.count + 4 + $1.encodedBytes + 2
            }
        }
    }

    func append(to bytes: inout [UInt8]) {
        for header in headers {
            bytes += header.utf8
            bytes += Self.newline
        }
        bytes += Self.newline
        switch body {
        case .encoded(let encoded): bytes += encoded
        case .binary(let content): Base64.appendLines(content, to: &bytes)
        case .parts(let parts, let boundary):
            for part in parts {
                bytes += "--\(boundary)\r\n".utf8
                part.append(to: &bytes)
                bytes += Self.newline
            }
            bytes += "--\(boundary)--\r\n".utf8
        }
    }
}

/// Text as quoted-printable (RFC 2045 § 6.7): lines of at most 76 characters, with CRLF after each.
enum QuotedPrintable {
    private static let lineMax = 76

    static func encode(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count * 5 / 4)
        for line in lines(of: text) { append(line, to: &output) }
        return output
    }

    /// The lines between CR, LF and CRLF, without an empty one after a break at the end.
    private static func lines(of text: String) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case 0x0A where previous == 0x0D: break
            case 0x0A, 0x0D: lines.append([])
            default: lines[lines.count - 1].append(byte)
            }
            previous = byte
        }
        if lines.last?.isEmpty == true, lines.count > 1 { lines.removeLast() }
        return lines
    }

    private static func append(_ line: [UInt8], to output: inout [UInt8]) {
        var column = 0
        for (index, byte) in line.enumerated() {
            let isLast = index == line.count - 1
            let token = token(byte, isLast: isLast)
            // The last column is reserved for the `=` that marks a continued line.
            if column + token.count > lineMax - (isLast ? 0 : 1) {
                output += [UInt8(ascii: "="), 0x0D, 0x0A]
                column = 0
            }
            output += token
            column += token.count
        }
        output += MIMEPart.newline
    }

    private static func token(_ byte: UInt8, isLast: Bool) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "="): escaped(byte)
        case 0x20, 0x09: isLast ? escaped(byte) : [byte]
        case 0x21...0x7E: [byte]
        default: escaped(byte)
        }
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
