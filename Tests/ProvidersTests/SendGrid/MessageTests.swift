import Dispatching
import Foundation
import Invoicing
import Testing
import Wire

@testable import Providers

@Suite struct MessageTests {
    private func json(_ message: OutgoingMessage) throws -> NSDictionary {
        let bytes = SendGridMessage(message).encoded()
        return try #require(
            try JSONSerialization.jsonObject(with: Data(bytes)) as? NSDictionary)
    }

    @Test func `a message is written as SendGrid's contract has it`() throws {
        var message = OutgoingMessage.sample(
            html: "<p>Hei</p>",
            attachments: [
                Attachment(
                    fileName: "faktura æ.pdf", contentType: "application/pdf",
                    content: Array("%PDF-1.7".utf8)),
                Attachment(fileName: "b.xml", contentType: "application/xml", content: []),
            ])
        message.replyTo = Mailbox(name: "Kari", address: EmailAddress("kari@fjord.example")!)
        let expected: NSDictionary = [
            "personalizations": [
                [
                    "to": [["email": "ap@kunde.example"]],
                    "custom_args": [
                        "dispatch_id": message.dispatchID.uuidString.lowercased(),
                        "tenant_id": "42", "attempt": "1",
                    ],
                ]
            ],
            "from": ["email": "post@fjord.example", "name": "Fjord & Sønn"],
            "reply_to": ["email": "kari@fjord.example", "name": "Kari"],
            "subject": "Faktura 1001",
            "headers": ["Message-ID": message.messageID],
            "content": [
                ["type": "text/plain", "value": "Hei"],
                ["type": "text/html", "value": "<p>Hei</p>"],
            ],
            "attachments": [
                [
                    "filename": "faktura _.pdf", "type": "application/pdf",
                    "disposition": "attachment", "content": "JVBERi0xLjc=",
                ],
                [
                    "filename": "b.xml", "type": "application/xml",
                    "disposition": "attachment", "content": "",
                ],
            ],
            "tracking_settings": [
                "click_tracking": ["enable": false, "enable_text": false],
                "open_tracking": ["enable": false],
            ],
        ]
        #expect(try json(message) == expected)
    }

    @Test(arguments: [
        "", "\"\\/\u{08}\u{0C}\n\r\t", "\u{00}\u{1F}\u{7F}", "æøå €", "👩‍🚀\u{2028}\u{FEFF}",
        "</script>", String(repeating: "a\"", count: 1000),
    ])
    func `any text survives, and its size is known beforehand`(_ text: String) throws {
        let message = OutgoingMessage.sample(subject: text, text: text, html: text)
        #expect(try json(message)["subject"] as? String == text)
        #expect(
            SendGridMessage.limits.size(of: message, fileBytes: [])
                == SendGridMessage(message).encoded().count)
    }

    @Test(arguments: 0...50)
    func `base64 is that of Foundation, and its size is known beforehand`(_ count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ count &* 31) }
        var json = JSONBytes()
        json.base64(bytes)
        var size = JSONSize()
        size.base64(bytes)
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == "\"\(Data(bytes).base64EncodedString())\"")
        #expect(size.count == json.bytes.count)
    }
}
