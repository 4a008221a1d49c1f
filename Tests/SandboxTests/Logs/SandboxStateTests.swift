import Testing

@testable import Sandbox

struct MailroomTests {
    private func mailroom(_ messages: (to: String, second: Int64)...) -> SandboxState {
        var mailroom = SandboxState()
        for (number, message) in messages.enumerated() {
            mailroom.apply(.accepted(.example(number, to: message.to, second: message.second)))
        }
        return mailroom
    }

    private func ids(
        _ mailroom: SandboxState, _ query: String, limit: Int = 10, now: Int64 = 1_000_000
    ) throws -> [String] {
        mailroom.search(try LogQuery(query), limit: limit, now: Timestamp(seconds: now))
            .map(\.message.messageID)
    }

    @Test func `the newest message comes first and the limit holds`() throws {
        let mailroom = mailroom(("a@x.no", 1), ("a@x.no", 2), ("b@x.no", 3))
        #expect(try ids(mailroom, "") == ["2", "1", "0"])
        #expect(try ids(mailroom, "", limit: 2) == ["2", "1"])
        #expect(try ids(mailroom, "to_email = 'a@x.no'", limit: 1) == ["1"])
    }

    @Test(arguments: [
        (">", ["3"]), (">=", ["3", "2", "1"]), ("<", ["0"]), ("<=", ["2", "1", "0"]),
    ])
    func `a window of time holds what its signs say`(sign: String, found: [String]) throws {
        let mailroom = mailroom(("a@x.no", 1), ("b@x.no", 2), ("c@x.no", 2), ("d@x.no", 3))
        let query = "sg_message_id_created_at \(sign) TIMESTAMP \"1970-01-01T00:00:02Z\""
        #expect(try ids(mailroom, query) == found)
    }

    @Test func `the case of an address matters to a query`() throws {
        #expect(try ids(mailroom(("Kari@x.no", 1)), "to_email = 'kari@x.no'") == [])
    }

    @Test func `a message can't be found before it can be seen`() throws {
        var message = AcceptedMessage.example(0, to: "a@x.no", second: 1)
        message.visibleAt = Timestamp(seconds: 60)
        var mailroom = SandboxState()
        mailroom.apply(.accepted(message))
        #expect(try ids(mailroom, "sg_message_id = '0'", now: 59) == [])
        #expect(try ids(mailroom, "sg_message_id = '0'", now: 60) == ["0"])
    }

    @Test func `a later bounce changes the status and a complaint does not`() throws {
        var mailroom = mailroom(("a@x.no", 1), ("b@x.no", 1))
        for (id, kind) in [("0", LaterKind.hard), ("1", .complaint)] {
            mailroom.apply(
                .later(
                    .init(
                        at: Timestamp(seconds: 5), visibleAt: Timestamp(seconds: 5), messageID: id,
                        kind: kind)))
        }
        #expect(try ids(mailroom, "status IN ('bounced')") == ["0"])
        #expect(try ids(mailroom, "status IN ('delivered')") == ["1"])
        #expect(mailroom.outcome(of: "a@x.no") == .droppedAsBounced)
        #expect(mailroom.outcome(of: "B@x.no") == .droppedAsSpam)
    }

    @Test func `lifting lets mail through again and blocks never stop it`() {
        var mailroom = SandboxState()
        mailroom.apply(.accepted(.example(0, to: "unknown@x.no", second: 1, .userUnknown)))
        mailroom.apply(.accepted(.example(1, to: "full@x.no", second: 1, .mailboxFull)))
        #expect(mailroom.outcome(of: "unknown@x.no") == .droppedAsBounced)
        #expect(mailroom.outcome(of: "full@x.no") == .mailboxFull)
        mailroom.apply(
            .lifted(.init(at: Timestamp(seconds: 2), list: .bounces, email: "unknown@x.no")))
        #expect(mailroom.outcome(of: "unknown@x.no") == .userUnknown)
    }
}
