import Testing

@testable import Sandbox

/// The vendor's routes over a real connection.
@Suite(.timeLimit(.minutes(15)))
struct SendGridServerTests {
    @Test func `a send is answered with the id that the logs begin with`() async throws {
        try await TestSandbox.run { sandbox in
            let reply = try await sandbox.send(to: "kari@kunde.example")
            #expect(reply?.status == 202)
            #expect(reply?.body == [])
            let id = try #require(reply?.headers["x-message-id"])
            #expect(id.count == 22)
            let found = try await sandbox.json(
                "POST", "/v3/logs", #"{"query":"to_email = 'kari@kunde.example'"}"#)
            let row = try #require(found["messages"]?.list?.first)
            #expect(row["sg_message_id"]?.text?.hasPrefix(id + ".") == true)
            #expect(row["status"] == "delivered")
            #expect(row["sg_message_id_created_at"] == "2023-11-14T22:13:20Z")
        }
    }

    @Test func `an event carries our own arguments and its id stays the same`() async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.send(to: "unknown@kunde.example", dispatchID: "d-9")
            let found = try await sandbox.json("POST", "/v3/logs", "{}")
            let id = try #require(found["messages"]?.list?.first?["sg_message_id"]?.text)
            let detail = try await sandbox.json("GET", "/v3/logs/\(id)")
            let bounce = try #require(detail["events"]?.list?.last)
            #expect(bounce["event"] == "bounce")
            #expect(bounce["type"] == "bounce")
            #expect(bounce["status"] == "5.1.1")
            #expect(bounce["custom_args"]?["dispatch_id"] == "d-9")
            #expect(detail["custom_args"]?["dispatch_id"] == "d-9")
            #expect(bounce["sg_event_id"]?.text?.count == 22)
            #expect(try await sandbox.json("GET", "/v3/logs/\(id)") == detail)
            #expect(try await sandbox.request("GET", "/v3/logs/\(id)x")?.status == 404)
        }
    }

    @Test(arguments: [
        ("unknown", "bounces", ["created", "email", "reason", "status"]),
        ("invalid", "invalid_emails", ["created", "email", "reason"]),
        ("full", "blocks", ["created", "email", "reason", "status"]),
        ("spam", "spam_reports", ["created", "email", "ip"]),
    ])
    func `each list has the members of its kind`(
        behaviour: String, list: String, members: [String]
    ) async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.send(to: "\(behaviour)@kunde.example")
            let rows = try await sandbox.json("GET", "/v3/suppression/\(list)")
            #expect(rows.list?.first?.members?.map(\.name) == members)
            #expect(rows.list?.first?["created"] == .integer(sandbox.clock.now.seconds))
        }
    }

    @Test func `a suppressed address is dropped until it is deleted`() async throws {
        try await TestSandbox.run { sandbox in
            for _ in 0..<2 { try await sandbox.send(to: "spam+1@kunde.example") }
            #expect(try await Self.statuses(sandbox) == ["dropped", "delivered"])
            let path = "/v3/suppression/spam_reports/spam+1%40kunde.example"
            #expect(try await sandbox.json("GET", path).list?.count == 1)
            #expect(try await sandbox.request("DELETE", path)?.status == 204)
            #expect(try await sandbox.request("DELETE", path)?.status == 404)
            #expect(try await sandbox.json("GET", path) == [])
            try await sandbox.send(to: "spam+1@kunde.example")
            #expect(try await Self.statuses(sandbox).first == "delivered")
        }
    }

    @Test func `lifting takes the spelling that was listed`() async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.send(to: "Unknown@kunde.example")
            let path = "/v3/suppression/bounces/"
            let rows = try await sandbox.json("GET", path + "unknown@kunde.example")
            #expect(rows.list?.first?["email"] == "Unknown@kunde.example")
            #expect(
                try await sandbox.request("DELETE", path + "unknown@kunde.example")?.status == 404)
            #expect(
                try await sandbox.request("DELETE", path + "Unknown@kunde.example")?.status == 204)
        }
    }

    @Test func `several addresses can be deleted and all of them can not`() async throws {
        try await TestSandbox.run { sandbox in
            for number in 1...3 { try await sandbox.send(to: "full+\(number)@kunde.example") }
            let path = "/v3/suppression/blocks"
            #expect(
                try await sandbox.request("DELETE", path, #"{"delete_all":true}"#)?.status == 400)
            #expect(try await sandbox.request("DELETE", path)?.status == 400)
            let some = #"{"emails":["full+1@kunde.example","full+3@kunde.example"]}"#
            #expect(try await sandbox.request("DELETE", path, some)?.status == 204)
            let rows = try await sandbox.json("GET", path)
            #expect(rows.list?.map { $0["email"]?.text } == ["full+2@kunde.example"])
        }
    }

    @Test(arguments: [
        "limit=0", "limit=501", "offset=-1", "start_time=yesterday", "email=%zz",
    ])
    func `a parameter that makes no sense is refused`(query: String) async throws {
        try await TestSandbox.run { sandbox in
            let reply = try await sandbox.request("GET", "/v3/suppression/blocks?\(query)")
            #expect(reply?.status == 400)
        }
    }

    @Test(arguments: [
        #"{"limit":0}"#, #"{"limit":1001}"#, #"{"query":"status = 'x'"}"#, "[]", "{",
    ])
    func `a search that makes no sense is refused`(body: String) async throws {
        try await TestSandbox.run { sandbox in
            let reply = try await sandbox.request("POST", "/v3/logs", body)
            #expect(reply?.status == 400)
        }
    }

    @Test func `without the key nothing is taken`() async throws {
        var options = SandboxOptions()
        options.apiKey = "right"
        try await TestSandbox.run(options) { sandbox in
            let headers = ["", "Authorization: Bearer wrong\r\n", "Authorization: Basic right\r\n"]
            for header in headers + ["Authorization: Bearer right\r\n"] {
                let connection = try sandbox.connect()
                await connection.send(
                    TestSandbox.request(
                        "POST", "/v3/mail/send", TestSandbox.mail(to: "kari@kunde.example"),
                        headers: header + "Content-Type: application/json\r\n"))
                let expected = header.hasSuffix("Bearer right\r\n") ? 202 : 401
                #expect(try await connection.receive()?.status == expected)
            }
            #expect(try await sandbox.summary()["accepted"] == 1)
        }
    }

    @Test func `a request over 30 MB is refused as too large`() async throws {
        try await TestSandbox.run { sandbox in
            let connection = try sandbox.connect()
            await connection.send(
                "POST /v3/mail/send HTTP/1.1\r\nHost: sandbox\r\nAuthorization: Bearer key\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 31457281\r\n\r\n")
            #expect(try await connection.receive()?.status == 413)
        }
    }

    @Test func `a rehearsal is checked and not accepted`() async throws {
        try await TestSandbox.run { sandbox in
            let mail = TestSandbox.mail(to: "kari@kunde.example").replacing(
                #""from":"#, with: #""mail_settings":{"sandbox_mode":{"enable":true}},"from":"#)
            let reply = try await sandbox.request("POST", "/v3/mail/send", mail)
            #expect(reply?.status == 200)
            #expect(try await sandbox.summary()["accepted"] == 0)
        }
    }

    @Test func `events come late where the sandbox is told so, with the time they happened`()
        async throws
    {
        var options = SandboxOptions()
        options.eventDelayMilliseconds = 60_000
        try await TestSandbox.run(options) { sandbox in
            let acceptedAt = sandbox.clock.now.seconds
            try await sandbox.send(to: "unknown@kunde.example")
            sandbox.clock.advance(seconds: 59)
            #expect(try await sandbox.json("GET", "/v3/suppression/bounces") == [])
            #expect(try await Self.statuses(sandbox) == [])
            sandbox.clock.advance(seconds: 1)
            let rows = try await sandbox.json("GET", "/v3/suppression/bounces")
            #expect(rows.list?.first?["created"] == .integer(acceptedAt))
            #expect(try await Self.statuses(sandbox) == ["bounced"])
        }
    }

    private static func statuses(_ sandbox: TestSandbox) async throws -> [String?] {
        try await sandbox.json("POST", "/v3/logs", "{}")["messages"]?.list?
            .map { $0["status"]?.text } ?? []
    }
}
