import Foundation
import Synchronization
import TestSupport
import Testing
import Transport

/// What a submission becomes, in every phase that it can fail in.
@Suite(.timeLimit(.minutes(15))) struct SMTPClientTests {
    private func client(
        _ relay: StubRelay, timeoutSeconds: Double = 10, concurrency: Int = 1
    ) throws -> SMTPClient {
        SMTPClient(
            MailLogin(server: try MailServer(relay.url, .smtp), timeoutSeconds: timeoutSeconds),
            concurrency: concurrency)
    }

    private func submission(
        from sender: String = "bounces+1@fjord.example", to recipient: String = "ap@kunde.example",
        content message: String = "Subject: hei\r\n\r\nhei\r\n"
    ) -> SMTPSubmission {
        SMTPSubmission(sender: sender, recipient: recipient, message: Array(message.utf8))
    }

    @Test func `a message arrives byte by byte, whatever its dots`() throws {
        let relay = StubRelay()
        let client = try client(relay)
        let messages = [
            "Subject: a\r\n\r\n.\r\n..\r\n.a\r\n\r\n.\r\n", "\r\n", ".\r\n", "",
            "a: b\r\n\r\n" + String(repeating: ".\r\n", count: 50_000),
            "a: b\r\n\r\n"
                + String(repeating: String(repeating: "x", count: 998) + "\r\n", count: 500),
        ]
        for message in messages {
            let reply = try client.perform(submission(content: message)).get()
            #expect(reply.code == 250)
            #expect(reply.enhancedCode == "2.0.0")
        }
        #expect(relay.taken.map(\.message) == messages.map { Array($0.utf8) })
        // One connection for all of them.
        #expect(relay.commands.filter { $0.hasPrefix("EHLO") }.count == 1)
    }

    @Test(arguments: ["a\n", "a\r\n.\n", "a", "a\r\r\n", "a\0\r\n", "\n.\r\nMAIL FROM:<x@y>\r\n"])
    func `stray line ends are never sent`(_ message: String) throws {
        let relay = StubRelay()
        let result = try client(relay).perform(submission(content: message))
        #expect(result.failure?.error.kind == .invalid)
        #expect(relay.commands.isEmpty)
    }

    @Test(arguments: [
        "a@b.example>\r\nRCPT TO:<evil@x.example", "a b@c.example", "", "a", "@b.example", "a@",
        "a\u{7F}@b.example", "a@b\r\n.example", "<a@b.example>", "a\u{2028}@b.example",
    ])
    func `an address can't write commands`(_ address: String) throws {
        let relay = StubRelay()
        for one in [submission(to: address), submission(from: address)] {
            #expect(try client(relay).perform(one).failure?.error.kind == .invalid)
        }
        #expect(relay.commands.isEmpty)
    }

    @Test func `an international domain goes out in A-labels, without SMTPUTF8`() throws {
        let relay = StubRelay()
        _ = try client(relay).perform(submission(to: "ap@blåbær.example")).get()
        #expect(relay.taken.map(\.recipient) == ["ap@xn--blbr-roah.example"])
        #expect(!relay.commands.contains { $0.contains("SMTPUTF8") })
    }

    @Test func `a local part in UTF-8 needs a server that takes it`() throws {
        let plain = StubRelay()
        let failure = try client(plain).perform(submission(to: "bjørn@kunde.example")).failure
        #expect(failure?.error.kind == .unsupported)
        #expect(failure?.phase == .notTaken)
        #expect(!plain.commands.contains { $0.hasPrefix("MAIL") })
        let modern = StubRelay(abilities: ["SMTPUTF8"])
        _ = try client(modern).perform(submission(to: "bjørn@kunde.example")).get()
        #expect(modern.commands.contains { $0.hasPrefix("MAIL") && $0.hasSuffix(" SMTPUTF8") })
    }

    @Test func `a message over the server's SIZE is not begun, and the connection is kept`() throws
    {
        let relay = StubRelay(abilities: ["SIZE 100"])
        let client = try client(relay)
        let large = submission(
            content: "a: b\r\n\r\n" + String(repeating: "x", count: 100) + "\r\n")
        #expect(client.perform(large).failure?.error.kind == .tooLarge)
        #expect(client.perform(submission(content: "a: b\r\n\r\n")).failure == nil)
        #expect(relay.taken.count == 1)
        #expect(relay.commands.filter { $0.hasPrefix("EHLO") }.count == 1)
        #expect(relay.commands.contains("MAIL FROM:<bounces+1@fjord.example> SIZE=8"))
    }

    @Test func `reports are asked for where the server offers them`() throws {
        let relay = StubRelay()
        var one = submission()
        one.reports = .init(envelopeID: "42-abc", includesSuccess: true)
        _ = try client(relay).perform(one).get()
        #expect(relay.commands.contains { $0.hasSuffix(" RET=HDRS ENVID=42-abc") })
        #expect(
            relay.commands.contains(
                "RCPT TO:<ap@kunde.example> NOTIFY=SUCCESS,FAILURE,DELAY"))
        let old = StubRelay(abilities: [])
        _ = try client(old).perform(one).get()
        #expect(old.commands.contains("RCPT TO:<ap@kunde.example>"))
    }

    @Test(arguments: [
        ("HELLO", SMTPFailure.Stage.connection), ("MAIL", .sender), ("RCPT", .recipient),
        ("DATA", .data), (".", .message),
    ])
    func `a no at any command is a no, and the next message passes`(
        _ command: String, _ stage: SMTPFailure.Stage
    ) throws {
        for code in [450, 550] {
            let isFirst = Mutex(true)
            let relay = StubRelay { name, _ in
                guard name == command else { return nil }
                return isFirst.withLock { first in
                    defer { first = false }
                    return first ? .say("\(code)-\(code / 100).7.1 not\r\n\(code) now") : nil
                }
            }
            let client = try client(relay)
            let failure = try #require(client.perform(submission()).failure)
            #expect(failure.stage == stage)
            #expect(failure.phase == .notTaken)
            #expect(relay.taken.isEmpty)
            if command != "HELLO" {
                #expect(failure.reply?.code == code)
                #expect(failure.reply?.enhancedCode == "\(code / 100).7.1")
                #expect(failure.reply?.text == "not now")
            }
            #expect(client.perform(submission()).failure == nil)
            #expect(relay.taken.count == 1)
        }
    }

    @Test(arguments: ["HELLO", "EHLO", "MAIL", "RCPT", "DATA"])
    func `a connection that dies before the end of the message took nothing`(
        _ command: String
    ) throws {
        let relay = StubRelay { name, _ in name == command ? .close : nil }
        let failure = try #require(client(relay).perform(submission()).failure)
        #expect(failure.phase == .notTaken)
        #expect(relay.taken.isEmpty)
    }

    @Test(arguments: [
        StubRelay.Reaction.takeAndReset, .takeAndHang, .close, .hang, .say("gibberish"),
        .say("354 again"),
    ])
    func `no reply to the end of the message is in doubt, and nothing is sent again`(
        _ reaction: StubRelay.Reaction
    ) throws {
        // On a fresh connection, and on one that was kept.
        for kept in [0, 1] {
            let count = Mutex(0)
            let relay = StubRelay { name, _ in
                guard name == "." else { return nil }
                let number = count.withLock { count in
                    defer { count += 1 }
                    return count
                }
                return number == kept ? reaction : nil
            }
            let client = try client(relay, timeoutSeconds: 0.5)
            for _ in 0..<kept { _ = try client.perform(submission()).get() }
            let failure = try #require(client.perform(submission()).failure)
            #expect(failure.phase == .inDoubt)
            relay.stop()
            #expect(count.withLock(\.self) == kept + 1)
        }
    }

    @Test(arguments: ["MAIL", "RCPT", "DATA"])
    func `a kept connection that dies is replaced, and the message sent once`(
        _ command: String
    ) throws {
        for reaction in [StubRelay.Reaction.close, .say("421 4.4.2 idle")] {
            let calls = Mutex(0)
            let dying = StubRelay { name, connection in
                guard name == command, connection == 0 else { return nil }
                return calls.withLock { calls in
                    defer { calls += 1 }
                    return calls == 1 ? reaction : nil
                }
            }
            let client = try client(dying)
            _ = try client.perform(submission()).get()
            _ = try client.perform(submission(to: "andre@kunde.example")).get()
            #expect(dying.taken.map(\.recipient) == ["ap@kunde.example", "andre@kunde.example"])
        }
    }

    @Test func `many go at once, each on a connection of its own`() throws {
        let relay = StubRelay()
        let client = try client(relay, concurrency: 8)
        var rest = (0..<200)[...]
        var ended: Set<Int> = []
        client.perform(
            next: { rest.popFirst().map { (submission(to: "ap\($0)@kunde.example"), $0) } },
            finished: { number, result in
                #expect(result.failure == nil)
                ended.insert(number)
            })
        #expect(ended.count == 200)
        #expect(Set(relay.taken.map(\.recipient)).count == 200)
        #expect(relay.commands.filter { $0.hasPrefix("EHLO") }.count <= 8)
    }

    @Test func `a thrown error waits for those in flight`() throws {
        struct Stop: Error {}
        let relay = StubRelay()
        let client = try client(relay, concurrency: 4)
        var ended = 0
        #expect(throws: Stop.self) {
            try client.perform(
                next: { () throws(Stop) in (submission(), ()) },
                finished: { (_, _) throws(Stop) in
                    ended += 1
                    if ended == 3 { throw Stop() }
                })
        }
        #expect(relay.taken.count == ended)
    }

    @Test func `nobody listening is a connection's failure`() throws {
        let relay = StubRelay()
        let client = try client(relay)
        relay.stop()
        let failure = try #require(client.perform(submission()).failure)
        #expect(failure.stage == .connection)
        #expect(failure.error.kind == .connect)
    }

    @Test func `a stop that is overdue ends the conversation in the phase that it had come to`()
        throws
    {
        let isOverdue = Atomic(false)
        let relay = StubRelay { name, _ in
            guard name == "." else { return nil }
            isOverdue.store(true, ordering: .relaxed)
            return .takeAndHang
        }
        let client = SMTPClient(
            MailLogin(
                server: try MailServer(relay.url, .smtp),
                stop: TestStop { isOverdue.load(ordering: .relaxed) ? 25 : nil }))
        #expect(client.perform(submission()).failure?.phase == .inDoubt)
        let next = try #require(client.perform(submission()).failure)
        #expect(next.phase == .notTaken)
        #expect(next.error.reason.contains("stop"))
        #expect(relay.taken.count == 1)
    }

    @Test func `a user is not sent to a server without AUTH`() throws {
        let relay = StubRelay()
        let login = MailLogin(
            server: try MailServer(relay.url, .smtp), user: "budstikke", password: "hemmelig")
        #expect(SMTPClient(login).perform(submission()).failure?.error.kind == .login)
        #expect(!"\(login)".contains("hemmelig"))
        #expect(!relay.commands.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
    }

    @Test(arguments: [
        ("535 5.7.8 authentication failed", MailError.Kind.login),
        ("454 4.7.0 Temporary authentication failure", .closed),
    ])
    func `a log-in that fails says in the server's words whether it may pass`(
        _ words: String, _ kind: MailError.Kind
    ) throws {
        let relay = StubRelay(abilities: ["AUTH PLAIN"]) { command, _ in
            command == "AUTH" ? .say(words) : nil
        }
        let login = MailLogin(
            server: try MailServer(relay.url, .smtp), user: "budstikke", password: "hemmelig")
        let failure = try #require(SMTPClient(login).perform(submission()).failure)
        #expect(failure.error.kind == kind)
        #expect(failure.error.reason == words)
        #expect(failure.reply?.description == words)
        #expect(failure.phase == .notTaken)
        #expect(!relay.commands.contains { $0.hasPrefix("MAIL") })
    }

    @Test func `a server on this machine can be asked for STARTTLS too`() throws {
        #expect(
            try MailServer("smtp://localhost:587", .smtp, inTheClear: .nobody).security
                == .startTLS)
        #expect(
            try MailServer("smtps://localhost", .smtp, inTheClear: .nobody).security == .tls)
    }

    @Test(arguments: [
        ("smtp://127.0.0.1:25", MailServer.Security.loopback), ("smtp://localhost", .loopback),
        ("smtp://relay.example:587", .startTLS), ("smtps://relay.example", .tls),
        ("smtps://127.0.0.1", .tls),
    ])
    func `a distant server is never spoken to in the clear`(
        _ url: String, _ security: MailServer.Security
    ) throws {
        #expect(try MailServer(url, .smtp).security == security)
    }

    @Test(arguments: [
        "http://relay.example", "relay.example", "smtp://a:b@relay.example", "imap://relay.example",
        "smtp://relay.example/path", "smtp://relay.example?x=1", "smtp:// relay.example", "",
    ])
    func `what is no relay's address is refused`(_ url: String) {
        #expect(throws: MailError.self) { try MailServer(url, .smtp) }
    }
}

extension Result where Failure == SMTPFailure {
    var failure: SMTPFailure? {
        guard case .failure(let failure) = self else { return nil }
        return failure
    }
}
