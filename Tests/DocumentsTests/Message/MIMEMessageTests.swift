import Dispatching
import Foundation
import Invoicing
import TestSupport
import Testing
import Wire

@testable import Documents

struct MIMEMessageTests {
    private static let longName = String(repeating: "Ærlig ", count: 40) + "slutt"

    private static func message(
        subject: String = "Faktura 10042 fra Nordlys", name: String? = "Nordlys AS",
        text: String = "Hei\n", html: String? = "<p>Hei</p>",
        attachments: [Invoicing.Attachment] = [attachment("Faktura_10042.pdf", count: 1_000)]
    ) throws -> OutgoingMessage {
        OutgoingMessage(
            dispatchID: try #require(UUID(uuidString: "6F9619FF-8B86-D011-B42D-00C04FC964FF")),
            tenantID: 7,
            from: Mailbox(name: name, address: try #require(EmailAddress("f@system.example"))),
            replyTo: Mailbox(address: try #require(EmailAddress("post@nordlys.example"))),
            to: Mailbox(name: name, address: try #require(EmailAddress("k@kafe.example"))),
            subject: subject, messageID: "<a.1@system.example>", text: text, html: html,
            attachments: attachments)
    }

    private static func attachment(_ name: String, count: Int) -> Invoicing.Attachment {
        Invoicing.Attachment(
            fileName: name, contentType: "application/pdf",
            content: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    }

    private static let moment = Date(timeIntervalSince1970: 1_795_489_800)

    @Test(arguments: [0, 1, 2, 3, 56, 57, 58, 113, 114, 115, 100_000])
    func `the size is known before the message is encoded`(count: Int) throws {
        let message = MIMEMessage(
            try Self.message(attachments: [Self.attachment("a.pdf", count: count)]),
            date: Self.moment)
        #expect(message.encodedBytes == message.bytes.count)
    }

    @Test(arguments: [
        "Faktura 10042 fra Ærfuglen Kafé", longName, "=?UTF-8?B?w4Y=?=", "a\r\nBcc: x@y.example",
        "\"Sitat\" \\ og, komma; (ja) <nei>", String(repeating: "ord ", count: 60) + "slutt",
        String(repeating: "x", count: 200), "😀 漢字",
    ])
    func `Python reads back subject and names as they were`(text: String) throws {
        let expected = SingleLine(text).text
        let read = try PythonMail.read(
            MIMEMessage(try Self.message(subject: text, name: text), date: Self.moment).bytes)
        #expect(read.subject == expected)
        #expect(read.fromName == expected)
        #expect(read.toName == expected)
        #expect(read.fromAddress == "f@system.example")
        #expect(read.headers.allSatisfy { $0 != "Bcc" })
        #expect(read.defects.isEmpty)
    }

    @Test(arguments: [
        "Hei\n", "", "Æ = ø \n\n.\nFrom her\tog der \n",
        Brief(String(repeating: "å", count: 500) + "\n"), "slutt uten linjeskift",
        "a\r\nb\rc\n", Brief(String(repeating: "x", count: 76) + "\n"),
        Brief(String(repeating: "x", count: 77) + " \n"),
    ])
    func `Python reads back both texts as they were`(written: Brief<String>) throws {
        let text = written.value
        let message = MIMEMessage(try Self.message(text: text, html: text), date: Self.moment)
        let read = try PythonMail.read(message.bytes)
        var expected = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        if !expected.hasSuffix("\n") { expected += "\n" }
        #expect(read.text == expected)
        #expect(read.html == expected)
        #expect(message.encodedBytes == message.bytes.count)
        #expect(read.defects.isEmpty)
    }

    @Test(arguments: [
        "Faktura_10042.pdf", "Ærfugl \"sitat\".pdf", String(repeating: "lang-", count: 40) + ".pdf",
        "100 % * 'x'.pdf", "a\r\nX-Evil: 1.pdf",
    ])
    func `Python reads back attachments byte for byte`(name: String) throws {
        let attachments = [
            Self.attachment(name, count: 5_000), Self.attachment("b.pdf", count: 57),
        ]
        let read = try PythonMail.read(
            MIMEMessage(try Self.message(attachments: attachments), date: Self.moment).bytes)
        #expect(read.attachments.map(\.name) == [SingleLine(name).text, "b.pdf"])
        #expect(
            read.attachments.map { Data(base64Encoded: $0.content).map { [UInt8]($0) } }
                == attachments.map(\.content))
        #expect(read.attachments.allSatisfy { $0.type == "application/pdf" })
        #expect(!read.headers.contains("X-Evil"))
        #expect(read.defects.isEmpty)
    }

    @Test func `every line is ASCII, ends with CRLF and is at most 78 characters long`() throws {
        let bytes = MIMEMessage(
            try Self.message(
                subject: Self.longName, name: Self.longName, text: Self.longName,
                attachments: [Self.attachment(Self.longName, count: 300)]), date: Self.moment
        ).bytes
        let allowed = Set<UInt8>([0x0D, 0x0A] + Array(0x20...0x7E))
        #expect(bytes.allSatisfy(allowed.contains))
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 78 && !$0.contains("\n") })
        #expect(lines.last == "")
    }

    @Test func `the same message gives the same bytes, and another dispatch other boundaries`()
        throws
    {
        let message = try Self.message()
        #expect(
            MIMEMessage(message, date: Self.moment).bytes
                == MIMEMessage(message, date: Self.moment).bytes)
        var other = message
        other.dispatchID = try #require(UUID(uuidString: "00000000-0000-4000-8000-000000000001"))
        #expect(
            MIMEMessage(message, date: Self.moment).bytes
                != MIMEMessage(other, date: Self.moment).bytes)
    }

    @Test(arguments: [
        ("application/pdf", "application/pdf"), ("Text/Plain; charset=x", "text/plain"),
        ("", "application/octet-stream"), ("a/b/c", "application/octet-stream"),
        ("a/b\r\nX: y", "application/octet-stream"),
    ])
    func `a type that is none says nothing`(given: String, written: String) {
        #expect(HeaderText.contentType(given) == written)
    }
}
