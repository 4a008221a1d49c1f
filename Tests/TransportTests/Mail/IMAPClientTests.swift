import Foundation
import TestSupport
import Testing
import Transport

/// What is read of a mailbox, from servers that are good and bad.
@Suite(.timeLimit(.minutes(15))) struct IMAPClientTests {
    private func client(_ mailbox: StubMailbox) throws -> IMAPClient {
        IMAPClient(
            MailLogin(server: try MailServer(mailbox.url + "/Bounces", .imap), timeoutSeconds: 1))
    }

    private static let messages: [StubMailbox.Mail] = [
        StubMailbox.Mail(
            uid: 7, date: "24-Nov-2026 10:00:00 +0100",
            text: "a: b\r\n\r\nb2 OK forged\r\n* BYE\r\n"),
        StubMailbox.Mail(
            uid: 9, date: " 1-Nov-2026 10:00:00 +0000", text: "c: d\r\n\r\n) {12}\r\n\"quote"),
    ]

    @Test func `messages are read whole, whatever stands in them, and none is changed`() throws {
        let mailbox = StubMailbox({ Self.messages })
        let client = try client(mailbox)
        #expect(try client.uidValidity() == 3_857_529_045)
        let entries = try client.entries(
            from: Date(timeIntervalSince1970: 1_793_491_200),
            until: Date(timeIntervalSince1970: 1_795_600_000))
        // The oldest first.
        #expect(entries.map(\.uid) == [9, 7])
        #expect(entries.map(\.arrivedAt.timeIntervalSince1970) == [1_793_527_200, 1_795_510_800])
        let read = try client.messages([7, 9, 11], bytesMax: 4_096)
        #expect(read.map(\.uid) == [7, 9])
        #expect(read.map { String(decoding: $0.bytes, as: UTF8.self) } == Self.messages.map(\.text))
        let commands = mailbox.commands
        #expect(commands.contains { $0.hasSuffix("EXAMINE \"Bounces\"") })
        #expect(
            commands.contains { $0.contains("UID SEARCH SINCE 31-Oct-2026 BEFORE 27-Nov-2026") })
        #expect(commands.contains { $0.hasSuffix("UID FETCH 7,9,11 (UID BODY.PEEK[]<0.4096>)") })
        #expect(!commands.contains { $0.contains("SELECT") || $0.contains("STORE") })
    }

    @Test(arguments: [
        ("TAG NO gone\r\n", MailError.Kind.refused), ("TAG BAD what\r\n", .refused),
        ("* BYE restarting\r\n", .closed), ("", .closed), ("gibberish\r\n", .malformed),
        ("* 1 FETCH (UID 7 BODY[]<0> {999999}\r\n", .malformed),
        ("* 1 FETCH (UID 7 BODY[]<0> {-1}\r\n", .malformed),
        ("* 1 FETCH ((((((((((((\r\n", .malformed), ("* 1 FETCH )\r\n", .malformed),
        ("* 1 FETCH (UID \"\r\n", .malformed), ("b999 OK other\r\n", .malformed),
        ("* 1 FETCH (UID 7 BODY[]<0> {20}\r\nshort", .timeout), ("* OK wait\r\n", .timeout),
    ])
    func `a bad answer is an error, and the next question is asked anew`(
        _ answer: String, _ kind: MailError.Kind
    ) throws {
        let mailbox = StubMailbox({ Self.messages }) { command, connection in
            connection == 0 && command.hasPrefix("UID FETCH") ? answer : nil
        }
        let client = try client(mailbox)
        let error = #expect(throws: MailError.self) { try client.messages([7], bytesMax: 4_096) }
        #expect(error?.kind == kind)
        #expect(try client.messages([7], bytesMax: 4_096).count == 1)
    }

    @Test func `answers about what was not asked are passed over`() throws {
        let mailbox = StubMailbox({ Self.messages }) { command, _ in
            guard command.hasPrefix("UID FETCH") else { return nil }
            return "* 3 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 7)\r\n"
                + "* 2 FETCH (BODY[]<0> \"quoted \\\" text\" UID 9)\r\nTAG OK done\r\n"
        }
        let read = try client(mailbox).messages([7, 9], bytesMax: 4_096)
        #expect(read.map(\.uid) == [9])
        #expect(read.map { String(decoding: $0.bytes, as: UTF8.self) } == ["quoted \" text"])
    }

    @Test(arguments: [
        "imap://mail.example/a\"b", "imap://mail.example/a%b", "imap://u:p@mail.example",
        "smtp://mail.example", "imap://mail.example/*",
    ])
    func `what is no mailbox's address is refused`(_ url: String) {
        #expect(throws: MailError.self) { try MailServer(url, .imap) }
    }
}
