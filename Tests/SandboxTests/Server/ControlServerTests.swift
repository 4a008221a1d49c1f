import Foundation
import Testing

@testable import Sandbox

/// The routes that a test or a demonstration steers the sandbox with.
@Suite(.timeLimit(.minutes(15)))
struct ControlServerTests {
    @Test func `the summary tells a second try that is the same from one that is not`()
        async throws
    {
        try await TestSandbox.run { sandbox in
            try await sandbox.send(to: "kari@kunde.example", dispatchID: "same")
            try await sandbox.send(to: "kari@kunde.example", dispatchID: "same")
            try await sandbox.send(to: "kari@kunde.example", dispatchID: "other")
            try await sandbox.send(to: "ola@kunde.example", dispatchID: "other")
            try await sandbox.send(to: "unknown@kunde.example", dispatchID: "once")
            try await sandbox.send(to: "unknown", dispatchID: "refused")
            let summary = try await sandbox.summary()
            #expect(summary["accepted"] == 5)
            #expect(summary["distinct_dispatch_ids"] == 3)
            #expect(
                summary["doubled_dispatch_ids"] == [
                    ["dispatch_id": "other", "count": 2, "identical": false],
                    ["dispatch_id": "same", "count": 2, "identical": true],
                ])
            #expect(summary["behaviours"] == ["ok": 4, "unknown": 1])
            #expect(
                summary["requests"]?["send"] == [
                    "seen": 6, "answered": ["202": 5, "400": 1], "unanswered": 0,
                ])
        }
    }

    @Test func `the ledger is told line by line after a number`() async throws {
        try await TestSandbox.run { sandbox in
            for number in 1...3 { try await sandbox.send(to: "kari+\(number)@kunde.example") }
            let reply = try #require(try await sandbox.request("GET", "/_sandbox/ledger?since=1"))
            let lines = try reply.text.split(separator: "\n").map { try JSONReader.read($0.utf8) }
            #expect(
                lines.map { $0["to"]?.text } == ["kari+2@kunde.example", "kari+3@kunde.example"])
            #expect(lines.first?["body_sha256"]?.text?.count == 64)
            #expect(
                lines.first?["body_bytes"]
                    == .integer(
                        Int64(TestSandbox.mail(to: "kari+2@kunde.example").utf8.count)))
        }
    }

    @Test func `a mail bounces or is complained of after it was delivered`() async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.send(to: "kari@kunde.example")
            try await sandbox.send(to: "ola@kunde.example")
            sandbox.clock.advance(seconds: 3600)
            #expect(
                try await sandbox.request(
                    "POST", "/_sandbox/bounce", #"{"email":"kari@kunde.example","kind":"hard"}"#
                )?.status == 204)
            #expect(
                try await sandbox.request(
                    "POST", "/_sandbox/complain", #"{"email":"ola@kunde.example"}"#
                )?.status == 204)
            let bounces = try await sandbox.json("GET", "/v3/suppression/bounces").list
            #expect(bounces?.first?["created"] == .integer(sandbox.clock.now.seconds))
            try await sandbox.send(to: "ola@kunde.example")
            let found = try await sandbox.json("POST", "/v3/logs", "{}")["messages"]?.list
            #expect(found?.map { $0["status"]?.text } == ["dropped", "delivered", "bounced"])
        }
    }

    @Test(arguments: [
        ("/_sandbox/bounce", #"{"email":"nobody@kunde.example","kind":"hard"}"#, 404),
        ("/_sandbox/bounce", #"{"email":"nobody@kunde.example","kind":"odd"}"#, 400),
        ("/_sandbox/complain", "{}", 404), ("/_sandbox/faults", "{}", 400),
        ("/_sandbox/faults", #"{"faults":[{"kind":"odd"}]}"#, 400),
    ])
    func `an order that can't be carried out is refused`(
        path: String, body: String, status: Int
    ) async throws {
        try await TestSandbox.run { sandbox in
            let reply = try await sandbox.request("POST", path, body)
            #expect(reply?.status == status)
        }
    }

    @Test func `faults can be seen and disarmed`() async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.arm(#"{"kind":"status_503","count":5}"#)
            try await sandbox.send(to: "kari@kunde.example")
            let told = try await sandbox.json("GET", "/_sandbox/faults")
            #expect(told["faults"]?.list?.first?["hits"] == 1)
            #expect(try await sandbox.request("DELETE", "/_sandbox/faults")?.status == 204)
            #expect(try await sandbox.send(to: "kari@kunde.example")?.status == 202)
        }
    }

    @Test func `a reset forgets everything`() async throws {
        try await TestSandbox.run { sandbox in
            try await sandbox.send(to: "unknown@kunde.example")
            try await sandbox.arm(#"{"kind":"status_503"}"#)
            #expect(try await sandbox.request("POST", "/_sandbox/reset")?.status == 204)
            #expect(try await sandbox.summary()["accepted"] == 0)
            #expect(try await sandbox.request("GET", "/_sandbox/ledger")?.body == [])
            #expect(try await sandbox.send(to: "unknown@kunde.example")?.status == 202)
            #expect(try await sandbox.summary()["outcomes"] == ["user_unknown": 1])
        }
    }

    @Test func `a second sandbox on the ledger knows all that the first did`() async throws {
        var options = SandboxOptions()
        let file = FileManager.default.temporaryDirectory
            .appending(path: "ledger-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        options.ledgerPath = file.path()
        let paths = ListName.allCases.map { "/v3/suppression/\($0.rawValue)" }
        func everything(_ sandbox: TestSandbox) async throws -> [JSONValue] {
            var told = [try await sandbox.json("POST", "/v3/logs", #"{"limit":1000}"#)]
            for path in paths { told.append(try await sandbox.json("GET", path)) }
            for row in told[0]["messages"]?.list ?? [] {
                let id = row["sg_message_id"]?.text ?? ""
                told.append(try await sandbox.json("GET", "/v3/logs/\(id)"))
            }
            return told
        }
        var before: [JSONValue] = []
        try await TestSandbox.run(options) { sandbox in
            for behaviour in Behaviour.allCases {
                for _ in 0..<2 { try await sandbox.send(to: "\(behaviour)+1@kunde.example") }
            }
            try await sandbox.request("DELETE", "/v3/suppression/bounces/unknown+1@kunde.example")
            try await sandbox.request(
                "POST", "/_sandbox/complain", #"{"email":"ok+1@kunde.example"}"#)
            before = try await everything(sandbox)
        }
        #expect(before.count == 1 + paths.count + 2 * Behaviour.allCases.count)
        try await TestSandbox.run(options) { sandbox in
            #expect(try await everything(sandbox) == before)
            try await sandbox.send(to: "softonce+1@kunde.example")
            let found = try await sandbox.json("POST", "/v3/logs", "{}")["messages"]?.list
            #expect(found?.first?["status"] == "delivered")
        }
    }
}
