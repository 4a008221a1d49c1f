import Dispatching
import FoundationEssentials
import Invoicing

/// A message in the form that Postmark's `POST /email` expects.
///
/// Our own ids are Metadata, which can be searched and comes back with the message. Tracking is
/// off: it would rewrite the links in an invoice.
///
/// Source: https://postmarkapp.com/developer/api/email-api
struct PostmarkMessage {
    /// The names of our ids in Metadata: letters, digits and hyphens, at most 20.
    static let dispatchID = "dispatch-id"
    static let tenantID = "tenant-id"
    static let attempt = "attempt"
    /// "10 MB including attachments", after Base64, read conservatively as decimal megabytes.
    private static let bytesMax = 10_000_000

    let message: OutgoingMessage
    let stream: String

    /// The limits, and the size of `encoded()` computed without encoding.
    static func limits(stream: String) -> MessageLimits {
        MessageLimits(
            provider: PostmarkProvider.vendor.rawValue, bytesMax: bytesMax,
            envelope: {
                var size = JSONSize()
                PostmarkMessage(message: $0, stream: stream).write(to: &size)
                return size.count
            }, encoded: JSONSize.base64)
    }

    func encoded() -> [UInt8] {
        var json = JSONBytes(capacity: message.encodedCapacity)
        write(to: &json)
        return json.bytes
    }

    private func write(to sink: inout some JSONSink) {
        sink.raw(#"{"From":"#)
        sink.string(message.from.headerText)
        sink.raw(#","To":"#)
        sink.string(message.to.headerText)
        if let replyTo = message.replyTo {
            sink.raw(#","ReplyTo":"#)
            sink.string(replyTo.headerText)
        }
        sink.raw(#","Subject":"#)
        sink.string(message.subject)
        sink.raw(#","TextBody":"#)
        sink.string(message.text)
        if let html = message.html {
            sink.raw(#","HtmlBody":"#)
            sink.string(html)
        }
        sink.raw(#","MessageStream":"#)
        sink.string(stream)
        sink.raw(#","Metadata":{"dispatch-id":"#)
        sink.string(message.dispatchID.uuidString.lowercased())
        sink.raw(#","tenant-id":"#)
        sink.string(String(message.tenantID))
        sink.raw(#","attempt":"#)
        sink.string(String(message.attempt))
        sink.raw(#"},"Headers":[{"Name":"Message-ID","Value":"#)
        sink.string(message.messageID)
        sink.raw(#"},{"Name":"X-PM-KeepID","Value":"true"}]"#)
        writeAttachments(to: &sink)
        sink.raw(#","TrackOpens":false,"TrackLinks":"None"}"#)
    }

    private func writeAttachments(to sink: inout some JSONSink) {
        guard !message.attachments.isEmpty else { return }
        sink.raw(#","Attachments":["#)
        for (index, attachment) in message.attachments.enumerated() {
            sink.raw(index == 0 ? #"{"Name":"# : #",{"Name":"#)
            sink.string(asciiName(attachment.fileName))
            sink.raw(#","ContentType":"#)
            sink.string(attachment.contentType)
            sink.raw(#","Content":"#)
            sink.base64(attachment.content)
            sink.raw("}")
        }
        sink.raw("]")
    }
}
