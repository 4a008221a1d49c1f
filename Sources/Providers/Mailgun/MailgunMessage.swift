import Wire
import Crypto
import Dispatching
import FoundationEssentials
import Invoicing

/// A message in the form that Mailgun's `POST /v3/{domain}/messages` expects: multipart form data
/// (RFC 7578).
///
/// Our own ids are variables, which come back with every event and are not shown to the recipient.
/// Tracking is off: it would rewrite the links in an invoice.
///
/// Source: https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages
struct MailgunMessage {
    static let dispatchID = "dispatch_id"
    static let tenantID = "tenant_id"
    static let attempt = "attempt"
    /// "25 MB" for the message with its attachments in Base64, read as decimal megabytes.
    private static let bytesMax = 25_000_000

    private let message: OutgoingMessage
    /// The same for the same message, so that a second attempt has the same bytes; it is a hash, so
    /// that no text can be crafted to contain it.
    private let boundary: String

    init(_ message: OutgoingMessage) {
        self.message = message
        var hash = SHA256()
        hash.update(data: Array(message.dispatchID.uuidString.utf8))
        hash.update(data: Array(message.text.utf8))
        boundary =
            "budstikke-"
            + hash.finalize().prefix(16)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    /// The limits, which apply to the e-mail that Mailgun builds from the request, at its largest.
    ///
    /// An attachment takes 78 bytes for each 57 (RFC 2045 § 6.8), a text three for each byte that
    /// is not ASCII (quoted-printable), and there is an allowance for headers and boundaries.
    static let limits = MessageLimits(
        provider: MailgunProvider.vendor.rawValue, bytesMax: bytesMax,
        envelope: { message in
            [message.text, message.html ?? ""].reduce(0) { $0 + quotedSize($1) }
                + message.attachments.count * 1024 + 4096
        },
        encoded: { ($0 + 56) / 57 * 78 })

    var mailBytes: Int {
        Self.limits.size(of: message, fileBytes: message.attachments.map(\.content.count))
    }

    private static func quotedSize(_ text: String) -> Int {
        let bytes = text.utf8.reduce(0) { $0 + ($1 < 0x80 && $1 != UInt8(ascii: "=") ? 1 : 3) }
        return bytes + bytes / 70 * 3
    }

    func encoded() -> [UInt8] {
        var form: [UInt8] = []
        form.reserveCapacity(message.encodedCapacity)
        for field in fields {
            append(#"name="\#(field.name)""#, headers: [], Array(field.value.utf8), to: &form)
        }
        for attachment in message.attachments {
            append(
                #"name="attachment"; filename="\#(asciiName(attachment.fileName))""#,
                headers: [
                    "Content-Type: \(attachment.contentType.replacing(\.isControl, with: " "))"
                ],
                attachment.content, to: &form)
        }
        form += "--\(boundary)--\r\n".utf8
        return form
    }

    private var fields: [(name: String, value: String)] {
        var fields = [
            ("from", message.from.headerText), ("to", message.to.headerText),
            ("subject", message.subject.replacing(\.isControl, with: " ")), ("text", message.text),
        ]
        if let html = message.html { fields.append(("html", html)) }
        if let replyTo = message.replyTo { fields.append(("h:Reply-To", replyTo.headerText)) }
        fields += [
            ("h:Message-Id", message.messageID),
            ("v:\(Self.dispatchID)", message.dispatchID.uuidString.lowercased()),
            ("v:\(Self.tenantID)", String(message.tenantID)),
            ("v:\(Self.attempt)", String(message.attempt)),
            ("o:tracking", "no"), ("o:suppress-headers", "X-Mailgun-Variables"),
        ]
        return fields
    }

    private func append(
        _ disposition: String, headers: [String], _ content: [UInt8], to form: inout [UInt8]
    ) {
        form += "--\(boundary)\r\nContent-Disposition: form-data; \(disposition)\r\n".utf8
        for header in headers { form += "\(header)\r\n".utf8 }
        form += "\r\n".utf8
        form += content
        form += "\r\n".utf8
    }
}
