import Wire
import Invoicing

/// One part of a message (RFC 2045): its headers, and a body that is encoded when it is written.
struct MIMEPart {
    static let newline: [UInt8] = [0x0D, 0x0A]

    let headers: [String]
    let body: Body

    enum Body {
        /// Encoded already, with CRLF at its end.
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

    /// The boundary may not occur in a part: beginning with `=_` it can't, in either encoding
    /// (RFC 2045 § 6.7).
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
