import Testing

@testable import Sandbox

/// Each fault as a client meets it, told by a bare socket.
@Suite(.timeLimit(.minutes(15)))
struct FaultServerTests {
    @Test(arguments: [
        ("status_429", 429, 0), ("status_500_before_accept", 500, 0),
        ("status_500_after_accept", 500, 1), ("status_502", 502, 0), ("status_503", 503, 0),
        ("html_200", 200, 0), ("unauthorized", 401, 0), ("truncated_json", 202, 1),
        ("slow_bytes", 202, 1), ("late_events", 202, 1),
    ])
    func `a send is answered wrongly once, and was accepted or not`(
        kind: String, status: Int, accepted: Int
    ) async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.arm(#"{"kind":"\#(kind)","endpoint":"send"}"#)
            #expect(try await sandbox.send(to: "kari@kunde.example")?.status == status)
            #expect(try await sandbox.summary()["accepted"] == .integer(Int64(accepted)))
            let sound = try await sandbox.send(to: "kari@kunde.example")
            #expect(sound?.status == 202)
            #expect(sound?.headers["x-message-id"] != nil)
        }
    }

    @Test func `any answer at all is given to whom it is meant for, so many times`() async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.arm(
                #"{"kind":"answer","status":403,"headers":{"content-type":"text/html","retry-after":"#
                    + #""7"},"body":"<html>No</html>","endpoint":"send","count":2,"#
                    + #""recipient":"Kari"}"#)
            #expect(try await sandbox.send(to: "ola@kunde.example")?.status == 202)
            for _ in 0..<2 {
                let reply = try await sandbox.send(to: "kari@kunde.example")
                #expect(reply?.status == 403)
                #expect(reply?.headers["content-type"] == "text/html")
                #expect(reply?.headers["retry-after"] == "7")
                #expect(reply?.text == "<html>No</html>")
            }
            #expect(try await sandbox.send(to: "kari@kunde.example")?.status == 202)
            #expect(try await sandbox.summary()["accepted"] == 2)
        }
    }

    @Test func `too many requests says until when`() async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.arm(#"{"kind":"status_429","retry_after":7}"#)
            let reply = try await sandbox.request("GET", "/v3/suppression/blocks")
            #expect(reply?.headers["x-ratelimit-remaining"] == "0")
            #expect(
                reply?.headers["x-ratelimit-reset"] == String(sandbox.clock.now.seconds + 7))
            #expect(reply?.headers["retry-after"] == "7")
        }
    }

    @Test func `accepted and closed without a byte`() async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.arm(#"{"kind":"close_after_accept"}"#)
            #expect(try await sandbox.send(to: "kari@kunde.example") == nil)
            let summary = try await sandbox.summary {
                $0["requests"]?["send"]?["unanswered"] == 1
            }
            #expect(summary["accepted"] == 1)
        }
    }

    @Test func `a used connection is closed before its second request is taken`() async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.arm(#"{"kind":"close_on_reuse","endpoint":"send"}"#)
            let connection = try sandbox.connect()
            let request = TestSandbox.request(
                "POST", "/v3/mail/send", TestSandbox.mail(to: "kari@kunde.example"))
            await connection.send(request)
            #expect(try await connection.receive()?.status == 202)
            await connection.send(request)
            #expect(try await connection.receive() == nil)
            #expect(try await sandbox.summary()["accepted"] == 1)
            #expect(try await sandbox.send(to: "kari@kunde.example")?.status == 202)
        }
    }

    @Test(arguments: [("timeout_after_accept", 1), ("timeout_before_accept", 0)])
    func `no answer comes until the client leaves`(kind: String, accepted: Int64) async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.arm(#"{"kind":"\#(kind)"}"#)
            let connection = try sandbox.connect()
            await connection.send(
                TestSandbox.request(
                    "POST", "/v3/mail/send", TestSandbox.mail(to: "kari@kunde.example")))
            _ = try await sandbox.summary {
                $0["requests"]?["send"]?["seen"] == 1 && $0["accepted"] == .integer(accepted)
            }
            #expect(connection.isSilent)
            connection.close()
            let summary = try await sandbox.summary {
                $0["requests"]?["send"]?["unanswered"] == 1
            }
            #expect(summary["accepted"] == .integer(accepted))
        }
    }

    @Test(arguments: ["/v3/suppression/blocks", "/v3/logs"])
    func `half of the JSON is missing`(path: String) async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.send(to: "full@kunde.example")
            try await sandbox.arm(#"{"kind":"truncated_json"}"#)
            let method = path == "/v3/logs" ? "POST" : "GET"
            let reply = try #require(try await sandbox.request(method, path, "{}"))
            #expect(reply.status == 200)
            #expect(!reply.body.isEmpty)
            #expect(throws: JSONError.self) { try JSONReader.read(reply.body) }
        }
    }

    @Test func `slow bytes make the same answer`() async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.send(to: "full@kunde.example")
            let sound = try await sandbox.json("GET", "/v3/suppression/blocks")
            try await sandbox.arm(#"{"kind":"slow_bytes","delay_ms":0}"#)
            let reply = try await sandbox.request("GET", "/v3/suppression/blocks")
            #expect(reply?.headers["transfer-encoding"] == "chunked")
            #expect(try JSONReader.read(reply?.body ?? []) == sound)
        }
    }

    @Test func `duplicate events come twice with the same id`() async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.send(to: "unknown@kunde.example")
            try await sandbox.arm(#"{"kind":"duplicate_events","count":3}"#)
            let rows = try await sandbox.json("GET", "/v3/suppression/bounces").list ?? []
            #expect(rows.count == 2 && rows[0] == rows[1])
            let found = try await sandbox.json("POST", "/v3/logs", "{}")["messages"]?.list ?? []
            let id = try #require(found.first?["sg_message_id"]?.text)
            let events = try await sandbox.json("GET", "/v3/logs/\(id)")["events"]?.list ?? []
            #expect(events.count == 4 && events[0] == events[1] && events[2] == events[3])
        }
    }

    @Test func `late events are seen later than others`() async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.arm(#"{"kind":"late_events","delay_ms":5000}"#)
            try await sandbox.send(to: "full+1@kunde.example")
            try await sandbox.send(to: "full+2@kunde.example")
            #expect(try await Self.blocked(sandbox) == ["full+2@kunde.example"])
            sandbox.clock.advance(seconds: 5)
            #expect(
                try await Self.blocked(sandbox) == ["full+2@kunde.example", "full+1@kunde.example"])
        }
    }

    @Test func `rows that shift are missed by a page and not lost`() async throws {
        try await TestSandbox.run { sandbox in
            for number in 1...4 { try await sandbox.send(to: "full+\(number)@kunde.example") }
            try await sandbox.arm(#"{"kind":"rows_shift"}"#)
            let first = try await Self.blocked(sandbox, "?limit=2&offset=0")
            let second = try await Self.blocked(sandbox, "?limit=2&offset=2")
            #expect(first == ["full+4@kunde.example", "full+3@kunde.example"])
            #expect(second == ["full+1@kunde.example"])
            #expect(try await Self.blocked(sandbox).count == 4)
        }
    }

    @Test func `a delete that was done may be answered wrongly`() async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.send(to: "full@kunde.example")
            try await sandbox.arm(#"{"kind":"status_500_after_accept","endpoint":"delete"}"#)
            let path = "/v3/suppression/blocks/full@kunde.example"
            #expect(try await sandbox.request("DELETE", path)?.status == 500)
            #expect(try await sandbox.request("DELETE", path)?.status == 404)
        }
    }

    private static func blocked(
        _ sandbox: TestSandbox, _ query: String = ""
    ) async throws -> [String?] {
        try await sandbox.json("GET", "/v3/suppression/blocks\(query)").list?
            .map { $0["email"]?.text } ?? []
    }
}
