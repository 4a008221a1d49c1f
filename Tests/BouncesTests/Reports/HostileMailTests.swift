import Foundation
import TestSupport
import Testing

@testable import Bounces

/// Mail that was written to do harm.
@Suite(.timeLimit(.minutes(15))) struct HostileMailTests {
    @Test func `parts within parts have an end`() throws {
        var mail = ""
        for level in 0..<200 {
            mail += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n"
        }
        #expect(throws: MailReader.Refusal.self) { try MailReader.read(Array(mail.utf8)) }
        let messages = String(repeating: "Content-Type: message/rfc822\n\n", count: 200)
        #expect(throws: MailReader.Refusal.self) { try MailReader.read(Array(messages.utf8)) }
    }

    @Test func `a field's name is short and ASCII`() {
        let marks = String(repeating: "\u{301}\u{316}", count: 2_000)
        let long = String(repeating: "x", count: 201)
        let text = "a: 1\ns\(marks): 2\n 3\n\(long): 4\nb : 5\n: 6\n"
        let fields = MailHeaders(Array(text.utf8)[...]).fields
        #expect(fields.map(\.name) == ["a", "b"])
        #expect(fields.map(\.value) == ["1 3", "5"])
    }

    @Test func `so have their number, the fields and the recipients`() throws {
        let many =
            "Content-Type: multipart/mixed; boundary=b\n\n"
            + String(repeating: "--b\n\nx\n", count: 10_000)
        #expect(throws: MailReader.Refusal.self) { try MailReader.read(Array(many.utf8)) }
        let fields = MailHeaders(Array(String(repeating: "a: b\n", count: 100_000).utf8)[...])
        #expect(fields.fields.count <= MailHeaders.fieldsMax)
        let folded = MailHeaders(
            Array(("a: b\n" + String(repeating: " c\n", count: 100_000)).utf8)[...])
        #expect((folded["a"] ?? "").utf8.count <= MailHeaders.valueBytesMax + 10)
        let group = "Final-Recipient: rfc822; a@b.example\nAction: failed\n\n"
        let report = try #require(
            DeliveryStatusNotification(
                Array(("Reporting-MTA: x\n\n" + String(repeating: group, count: 5_000)).utf8)))
        #expect(report.recipients.count <= DeliveryStatusNotification.recipientsMax)
    }

    /// Each a quarter of a megabyte, as is the most that is fetched.
    private static let hoards: [(name: String, line: String)] = [
        ("flags", "\u{1F1F3}"), ("combining marks", "a\u{301}\u{301}"),
        ("addresses", "a@b.example "),
        ("lines of addresses", "a@b.example\n"), ("fields", "From: a\n"), ("quotations", "> a\n"),
        ("empty lines", "\n"), ("boundaries", "--x\nContent-Type: a/b\n"),
        ("groups", "Final-Recipient: rfc822; a@b.example\nAction: failed\n\n"),
    ]

    @Test(arguments: hoards.map(\.name), ["", "To", "X-Failed-Recipients", "Content-Type"])
    func `what is piled up comes to an end`(_ name: String, _ field: String) throws {
        let line = try #require(Self.hoards.first { $0.name == name }).line
        let pile = String(repeating: line, count: 262_144 / line.utf8.count)
        let head = "Return-Path: <>\nDelivered-To: \(MailSample.marked)\nSubject: Undelivered\n"
        let mail = head + (field.isEmpty ? "\n" : "\(field): ") + pile
        switch try MailSample.read(mail) {
        case .events(let events):
            #expect(events.count <= 50)
            #expect(events.allSatisfy { $0.text.utf8.count <= 4 * 4_096 })
        case .ignored(let why), .unread(let why): #expect(!why.isEmpty)
        }
    }

    @Test func `a recipient more than one mail may tell of is kept as unread`() throws {
        let many = (0..<51).map { "a\($0)@kunde.example" }.joined(separator: ", ")
        let mail = "From: MAILER-DAEMON@x.example\nX-Failed-Recipients: \(many)\n\nUndelivered."
        guard case .unread = try MailSample.read(mail) else {
            Issue.record("not kept")
            return
        }
        let group = "Final-Recipient: rfc822; a@b.example\nAction: failed\n\n"
        let report = MailSample.report(String(repeating: group, count: 51))
        guard case .unread = try MailSample.read(report) else {
            Issue.record("not kept")
            return
        }
    }

    @Test func `what a server says is cleaned before it is kept`() throws {
        let mail = MailSample.report(
            """
            Reporting-MTA: dns; x

            Final-Recipient: rfc822; ap@kunde.example
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 \u{1B}]52;c;x\u{7} \u{202E}no \u{0}user \(String(repeating: "x", count: 9_000))
            """)
        let event = try #require(try MailSample.events(mail).first)
        #expect(event.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
        #expect(event.text.count <= 4_096)
        #expect((try? JSONSerialization.jsonObject(with: Data(event.raw.utf8))) != nil)
    }

    @Test func `no damage to a mail does any to us`() throws {
        var numbers = SeededNumbers(seed: 7)
        let seeds =
            ProseTests.cases.map(\.mail)
            + [
                MailSample.report(
                    """
                    Reporting-MTA: dns; x

                    Final-Recipient: rfc822; ap@kunde.example
                    Action: failed
                    Status: 5.1.1
                    Diagnostic-Code: smtp; 550 no
                    """, copy: "Message-ID: <1@fjord.example>")
            ]
        var read = 0
        for seed in seeds {
            for _ in 0..<400 {
                var bytes = Array(seed.utf8)
                for _ in 0..<(1 + numbers.next() % 12) where !bytes.isEmpty {
                    let index = Int(numbers.next() % UInt64(bytes.count))
                    switch numbers.next() % 4 {
                    case 0: bytes[index] = UInt8(truncatingIfNeeded: numbers.next())
                    case 1: bytes.remove(at: index)
                    case 2: bytes.removeSubrange(index..<min(index + 40, bytes.count))
                    default:
                        bytes.insert(
                            contentsOf: bytes[index..<min(index + 40, bytes.count)], at: index)
                    }
                }
                if case .events(let events) = try MailSample.read(bytes) {
                    read += 1
                    #expect(events.allSatisfy { $0.text.count <= 4_096 })
                }
            }
        }
        // Most still tell something.
        #expect(read > seeds.count * 200)
    }

    @Test(arguments: [
        ("aGVp", "base64", "hei"), ("aG\r\nVp!?", "base64", "hei"), ("a", "base64", ""),
        ("aGVp=\r\naGVp", "base64", "hei"), ("=C3=A6=\r\nx", "quoted-printable", "æx"),
        ("=", "quoted-printable", ""), ("=Z1=4", "quoted-printable", "=Z1=4"),
        ("hei", "x-unknown", "hei"),
    ])
    func `an encoding is taken off as far as it goes`(
        _ text: String, _ encoding: String, _ expected: String
    ) {
        let bytes = TransferEncoding.decode(Array(text.utf8)[...], encoding)
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test(arguments: [
        (#"multipart/report; boundary="a;b\"c" ; report-type=delivery-status"#, #"a;b"c"#),
        ("multipart/mixed (hi; there); boundary=x", "x"), ("Multipart/Mixed;BOUNDARY=x", "x"),
        ("multipart/mixed; boundary", nil), (";;;=;", nil), ("", nil), ("\"", nil), ("(((", nil),
    ])
    func `a content type is read with its quotes and comments`(
        _ value: String, _ boundary: String?
    ) {
        #expect(ContentType.read(value).parameters["boundary"] == boundary)
    }
}
