import Testing

@testable import Sandbox

/// Postmark's face, where it takes something for granted that nobody said, and what logs forget.
@Suite(.timeLimit(.minutes(15)))
struct PostmarkServerTests {
    private static let headers = """
        X-Postmark-Server-Token: key\r\nAccept: application/json\r\n\
        Content-Type: application/json\r\n
        """

    private static func ask(
        _ sandbox: TestSandbox, _ method: String, _ target: String, _ body: String = ""
    ) async throws -> JSONValue {
        let connection = try sandbox.connect()
        await connection.send(
            TestSandbox.request(method, target, body, headers: headers))
        return try JSONReader.read(try await connection.receive()?.body ?? [])
    }

    private static func send(
        _ sandbox: TestSandbox, to address: String, stream: String? = nil
    ) async throws -> JSONValue {
        let stream = stream.map { #","MessageStream":"\#($0)""# } ?? ""
        return try await ask(
            sandbox, "POST", "/email",
            #"{"From":"a@selger.example","To":"\#(address)","Subject":"s","TextBody":"t"\#(stream)}"#
        )
    }

    /// How many messages a search gives.
    private static func found(_ sandbox: TestSandbox, _ query: String) async throws -> Int64? {
        try await ask(sandbox, "GET", "/messages/outbound?count=50&offset=0\(query)")[
            "TotalCount"]?.integer
    }

    @Test func `a search without a stream is one of the stream outbound`() async throws {
        try await TestSandbox.run { sandbox in
            _ = try await Self.send(sandbox, to: "ok@kunde.example")
            _ = try await Self.send(sandbox, to: "full@kunde.example", stream: "faktura")
            _ = try await Self.send(sandbox, to: "ok@kunde.example", stream: "faktura")
            #expect(try await Self.found(sandbox, "") == 1)
            #expect(try await Self.found(sandbox, "&messagestream=outbound") == 1)
            #expect(try await Self.found(sandbox, "&messagestream=faktura") == 2)
            func bounces(_ query: String) async throws -> Int64? {
                try await Self.ask(sandbox, "GET", "/bounces?count=50&offset=0\(query)")[
                    "TotalCount"]?.integer
            }
            #expect(try await bounces("") == 0)
            #expect(try await bounces("&messagestream=faktura") == 1)
        }
    }

    @Test func `a search without a status is one of what is sent`() async throws {
        try await TestSandbox.run { sandbox in
            _ = try await Self.send(sandbox, to: "silent@kunde.example")
            #expect(try await Self.found(sandbox, "") == 0)
            #expect(try await Self.found(sandbox, "&status=sent") == 0)
            #expect(try await Self.found(sandbox, "&status=queued") == 1)
        }
    }

    @Test func `a stream that is gone can't be sent by`() async throws {
        try await TestSandbox.run { sandbox in
            let answer = try await Self.send(
                sandbox, to: "ok@kunde.example", stream: "faktura-gone")
            #expect(answer["ErrorCode"] == 1235)
            #expect(try await sandbox.summary()["accepted"] == 0)
        }
    }

    @Test func `the logs forget what is older than they keep, and all that they are told to`()
        async throws
    {
        var options = SandboxOptions()
        options.logsKeptSeconds = 3600
        try await TestSandbox.run(options) { sandbox in
            let id = try await Self.send(sandbox, to: "full@kunde.example")["MessageID"]?.text ?? ""
            sandbox.clock.advance(seconds: 3600)
            #expect(try await Self.found(sandbox, "") == 1)
            sandbox.clock.advance(seconds: 1)
            #expect(try await Self.found(sandbox, "") == 0)
            let detail = try await Self.ask(sandbox, "GET", "/messages/outbound/\(id)/details")
            #expect(detail["ErrorCode"] == 701)
            // SendGrid's logs and Mailgun's events are of the same account.
            #expect(try await sandbox.json("POST", "/v3/logs", "{}")["messages"]?.list == [])
            _ = try await Self.send(sandbox, to: "ok@kunde.example")
            #expect(try await Self.found(sandbox, "") == 1)
            #expect(try await sandbox.request("POST", "/_sandbox/forget")?.status == 204)
            #expect(try await Self.found(sandbox, "") == 0)
            #expect(try await sandbox.summary()["accepted"] == 2)
        }
    }
}
