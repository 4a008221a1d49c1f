import TestSupport
import Testing
import Transport

/// What a server can't make the client do.
@Suite struct LimitTests {
    @Test func `what hangs at a stop is given up in the phase that it had come to`() throws {
        let server = StubServer { _ in .hang }
        let client = HTTPClient(
            HTTPClientOptions(timeoutSeconds: 600),
            stop: TestStop { server.requests.isEmpty ? nil : HTTPClient.stopSeconds })
        guard case .failure(let error) = client.perform(HTTPRequest(.post, server.url, body: [1]))
        else {
            Issue.record("an answer came from a server that says nothing")
            return
        }
        #expect(error.kind == .aborted)
        #expect(error.phase == .afterBody)
        guard case .failure(let next) = client.perform(HTTPRequest(.post, server.url, body: [1]))
        else {
            Issue.record("an exchange was begun after the stop")
            return
        }
        #expect(next.kind == .aborted)
        #expect(next.phase == .beforeBody)
        #expect(server.requests.count == 1)
    }

    private let post = HTTPRequest.Method.post

    @Test func `a chunked answer of 64 MiB is cut at the limit`() throws {
        let server = StubServer { _ in .flood(bytes: 64 << 20) }
        let result = HTTPClient().perform(HTTPRequest(.post, server.url, body: [1]))
        guard case .failure(let error) = result else { Issue.record("no failure"); return }
        #expect(error.kind == .tooLarge)
        #expect(error.phase == .afterBody)
        #expect(error.reason.contains("1048576"))
    }

    @Test func `a request may allow more`() throws {
        let server = StubServer { _ in .flood(bytes: 4 << 20) }
        var request = HTTPRequest(.get, server.url)
        request.responseBytesMax = 4 << 20
        let client = HTTPClient()
        #expect(try client.perform(request).get().body.count == 4 << 20)
        request.responseBytesMax = (4 << 20) - 1
        guard case .failure(let error) = client.perform(request) else {
            Issue.record("no failure")
            return
        }
        #expect(error.kind == .tooLarge)
    }

    @Test func `a header without end is cut`() throws {
        let lines = String(repeating: "X-A: \(String(repeating: "a", count: 1000))\r\n", count: 100)
        let server = StubServer { _ in .raw("HTTP/1.1 200 OK\r\n\(lines)\r\n") }
        guard case .failure(let error) = HTTPClient().perform(HTTPRequest(.get, server.url))
        else {
            Issue.record("no failure")
            return
        }
        #expect(error.kind == .tooLarge)
    }

    @Test func `a compressed answer is not unpacked`() throws {
        let server = StubServer { _ in
            .answer(200, headers: [("Content-Encoding", "gzip")], body: "not gzip")
        }
        let response = try HTTPClient().perform(HTTPRequest(.get, server.url)).get()
        #expect(response.body == Array("not gzip".utf8))
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is an answer, not a way to take a key elsewhere`(_ status: Int) throws {
        let other = StubServer { _ in .answer(200) }
        let server = StubServer { _ in
            .answer(status, headers: [("Location", other.url + "/stolen")])
        }
        let request = HTTPRequest(
            .post, server.url, headers: [HTTPHeader("X-Token", secret: "geheim")], body: [1])
        #expect(try HTTPClient().perform(request).get().status == status)
        other.stop()
        #expect(other.received.isEmpty)
        #expect(server.requests.count == 1)
        #expect(server.requests.first?.header("X-Token") == "geheim")
    }

    @Test func `no description shows a secret or a path`() {
        let header = HTTPHeader("Authorization", secret: "geheim")
        let request = HTTPRequest(
            .get, "https://api.example/v3/list/kari%40kunde.example?x=1", headers: [header])
        var dumped = ""
        dump(request, to: &dumped)
        dump(header, to: &dumped)
        for text in [dumped, "\(request)", "\(header)", String(reflecting: header)] {
            #expect(!text.contains("geheim"))
        }
        #expect("\(request)" == "GET https://api.example")
    }
}
