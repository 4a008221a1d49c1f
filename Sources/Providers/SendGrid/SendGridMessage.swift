import Dispatching
import FoundationEssentials
import Invoicing
import Wire

/// A message in the form that SendGrid's `POST /v3/mail/send` expects.
///
/// It has one personalization, so that one X-Message-Id stands for one recipient. Our own ids are
/// custom_args *inside* the personalization: SendGrid's API description gives those of the message
/// a wrong type. Tracking is off: it would rewrite the links in an invoice.
///
/// Source: https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send
struct SendGridMessage {
    /// SendGrid's "30 MB", read conservatively as decimal megabytes.
    private static let bytesMax = 30_000_000

    private let message: OutgoingMessage

    init(_ message: OutgoingMessage) {
        self.message = message
    }

    /// The limits, and the size of `encoded()` computed without encoding.
    static let limits = MessageLimits(
        provider: SendGridProvider.vendor.rawValue, bytesMax: bytesMax,
        envelope: {
            var size = JSONSize()
            SendGridMessage($0).write(to: &size)
            return size.count
        }, encoded: JSONSize.base64)

    func encoded() -> [UInt8] {
        var json = JSONBytes(capacity: message.encodedCapacity)
        write(to: &json)
        return json.bytes
    }

    private func write(to sink: inout some JSONSink) {
        sink.raw(#"{"personalizations":[{"to":["#)
        write(message.to, to: &sink)
        sink.raw(#"],"custom_args":{"dispatch_id":"#)
        sink.string(message.dispatchID.uuidString.lowercased())
        sink.raw(#","tenant_id":"#)
        sink.string(String(message.tenantID))
        sink.raw(#","attempt":"#)
        sink.string(String(message.attempt))
        sink.raw(#"}}],"from":"#)
        write(message.from, to: &sink)
        if let replyTo = message.replyTo {
            sink.raw(#","reply_to":"#)
            write(replyTo, to: &sink)
        }
        sink.raw(#","subject":"#)
        sink.string(message.subject)
        sink.raw(#","headers":{"Message-ID":"#)
        sink.string(message.messageID)
        sink.raw(#"},"content":[{"type":"text/plain","value":"#)
        sink.string(message.text)
        if let html = message.html {
            sink.raw(#"},{"type":"text/html","value":"#)
            sink.string(html)
        }
        sink.raw("}]")
        writeAttachments(to: &sink)
        sink.raw(
            #","tracking_settings":{"click_tracking":{"enable":false,"enable_text":false},"#)
        sink.raw(#""open_tracking":{"enable":false}}}"#)
    }

    private func write(_ mailbox: Mailbox, to sink: inout some JSONSink) {
        sink.raw(#"{"email":"#)
        sink.string(mailbox.address.text)
        if let name = mailbox.name, !name.isEmpty {
            sink.raw(#","name":"#)
            sink.string(name)
        }
        sink.raw("}")
    }

    private func writeAttachments(to sink: inout some JSONSink) {
        guard !message.attachments.isEmpty else { return }
        sink.raw(#","attachments":["#)
        for (index, attachment) in message.attachments.enumerated() {
            sink.raw(index == 0 ? #"{"filename":"# : #",{"filename":"#)
            sink.string(asciiName(attachment.fileName))
            sink.raw(#","type":"#)
            sink.string(attachment.contentType)
            sink.raw(#","disposition":"attachment","content":"#)
            sink.base64(attachment.content)
            sink.raw("}")
        }
        sink.raw("]")
    }
}
