import TestSupport
import Testing
import Transport

/// What becomes of an exchange, over real sockets: answers, and each way of having none.
@Suite struct ExchangeTests {
    private func post(_ url: String, bytes: Int = 2) -> HTTPRequest {
        HTTPRequest(.post, url, body: [UInt8](repeating: 0x61, count: bytes))
    }

    private func failure(
        _ request: HTTPRequest, _ options: HTTPClientOptions = HTTPClientOptions()
    ) -> HTTPError? {
        switch HTTPClient(options).perform(request) {
        case .success: nil
        case .failure(let error): error
        }
    }

    @Test func `an answer comes with status, header and body as they were sent`() throws {
        let server = StubServer { _ in
            .answer(404, headers: [("X-Message-Id", "  a b ")], body: "nei")
        }
        let response = try HTTPClient().perform(post(server.url)).get()
        #expect(response.status == 404)
        #expect(response.header("x-message-ID") == "a b")
        #expect(response.header("absent") == nil)
        #expect(response.body == Array("nei".utf8))
    }

    @Test func `only the header of the last answer counts`() throws {
        let server = StubServer { _ in
            .raw(
                "HTTP/1.1 100 Continue\r\nX-A: interim\r\n\r\n"
                    + "HTTP/1.1 202 Accepted\r\nX-B: final\r\nContent-Length: 0\r\n\r\n")
        }
        let response = try HTTPClient().perform(post(server.url)).get()
        #expect(response.status == 202)
        #expect(response.header("X-A") == nil)
        #expect(response.header("X-B") == "final")
    }

    @Test func `a large body arrives whole, without waiting for leave`() throws {
        let server = StubServer { _ in .answer(202) }
        let body = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7919) }
        let request = HTTPRequest(
            .post, server.url, headers: [HTTPHeader("Content-Type", "x/y")], body: body)
        #expect(try HTTPClient().perform(request).get().status == 202)
        #expect(server.requests.first?.body == body)
        #expect(server.requests.first?.header("Expect") == nil)
        #expect(server.requests.first?.header("Accept-Encoding") == nil)
        #expect(server.requests.first?.header("User-Agent") == "budstikke")
    }

    @Test(
        arguments: [
            (HTTPRequest.Method.get, nil), (.delete, nil), (.put, "x"), (.post, ""),
            (.delete, "{}"),
        ] as [(HTTPRequest.Method, String?)])
    func `each method goes out under its name, whatever went before on the handle`(
        _ method: HTTPRequest.Method, _ body: String?
    ) throws {
        let server = StubServer { _ in .answer(200) }
        let client = HTTPClient()
        _ = try client.perform(post(server.url)).get()
        _ = try client.perform(
            HTTPRequest(method, server.url, body: body.map { Array($0.utf8) })
        ).get()
        let last = try #require(server.requests.last)
        #expect(last.method == method.rawValue)
        #expect(last.text == body ?? "")
        #expect(last.connection == 0)
        #expect(last.header("Content-Length") == body.map { "\($0.utf8.count)" })
    }

    @Test(arguments: [
        "http://127.0.0.1.nip.io/", "http://10.0.0.1/", "http://example.com@127.0.0.1/",
        "http://api.sendgrid.com/", "ftp://127.0.0.1/", "file:///etc/passwd", "no url", "",
        "http://127.0.0.1\u{0}.example/", "gopher://localhost/",
    ])
    func `what must not be spoken to is refused before anything is sent`(_ url: String) {
        let error = failure(post(url))
        #expect(error?.kind == .invalidRequest)
        #expect(error?.phase == .beforeBody)
        #expect(HTTPClient.refusal(of: url) == error)
    }

    @Test(arguments: ["http://localhost:1/", "http://[::1]:1/", "http://127.1:1/"])
    func `plain http is spoken to loopback`(_ url: String) {
        #expect(failure(post(url))?.kind == .connect)
        #expect(HTTPClient.refusal(of: url) == nil)
    }

    @Test(arguments: ["a\r\nX-Evil: 1", "a\nb", "a\u{0}b"])
    func `a header that would write lines of its own is refused`(_ value: String) {
        let server = StubServer { _ in .answer(200) }
        let request = HTTPRequest(.get, server.url, headers: [HTTPHeader("X-A", value)])
        #expect(failure(request)?.kind == .invalidRequest)
        #expect(server.requests.isEmpty)
    }

    @Test func `a host without an address is a failure before the body`() {
        // A label of more than 63 octets (RFC 1035 § 2.3.4) is refused without asking a network.
        let host = String(repeating: "a", count: 64) + ".invalid"
        let error = failure(post("https://\(host)/"))
        #expect(error?.kind == .resolve)
        #expect(error?.phase == .beforeBody)
    }

    @Test func `a refused connection is a failure before the body`() {
        let server = StubServer { _ in .close }
        server.stop()
        let error = failure(post(server.url))
        #expect(error?.kind == .connect)
        #expect(error?.phase == .beforeBody)
    }

    @Test func `a connection that never stands is a timeout before the body`() {
        let listener = FullListener()
        let error = failure(
            post("http://127.0.0.1:\(listener.port)/"),
            HTTPClientOptions(connectTimeoutSeconds: 0.2))
        #expect(error?.kind == .timeout)
        #expect(error?.phase == .beforeBody)
    }

    @Test func `a server that speaks no TLS is a failure before the body`() {
        let server = StubServer { _ in .close }
        let error = failure(post("https://127.0.0.1:\(server.port)/"))
        #expect(error?.kind == .tls)
        #expect(error?.phase == .beforeBody)
    }

    @Test(arguments: [2, 50_000_000])
    func `a server that says nothing is a timeout after the body`(_ bytes: Int) {
        let server = StubServer(early: { _ in .hang }) { _ in .hang }
        var request = post(server.url, bytes: bytes)
        request.timeoutSeconds = 0.3
        let error = failure(request)
        #expect(error?.kind == .timeout)
        #expect(error?.phase == .afterBody)
    }

    @Test func `an answer that trickles is given up`() {
        let server = StubServer { _ in .trickle }
        let error = failure(
            post(server.url),
            HTTPClientOptions(lowSpeedBytesPerSecond: 1000, lowSpeedSeconds: 1))
        #expect(error?.kind == .timeout)
        #expect(error?.phase == .afterBody)
    }

    @Test(arguments: [
        (StubServer.Reaction.close, HTTPError.Kind.reset), (.reset, .reset),
        (.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), .truncated),
        (.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe"), .truncated),
        (.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), .reset),
        (.raw("hello there\r\n\r\n"), .malformed),
        (.raw("HTTP/9.9 200 OK\r\n\r\n"), .malformed),
    ])
    func `an answer that is none is a failure after the body`(
        _ reaction: StubServer.Reaction, _ kind: HTTPError.Kind
    ) {
        let server = StubServer { _ in reaction }
        let error = failure(post(server.url))
        #expect(error?.kind == kind)
        #expect(error?.phase == .afterBody)
        #expect(server.requests.count == 1)
    }

    @Test func `a reset in the middle of the body is a failure after the body`() {
        let server = StubServer(early: { _ in .reset }) { _ in .close }
        let error = failure(post(server.url, bytes: 20_000_000))
        #expect(error?.kind == .reset)
        #expect(error?.phase == .afterBody)
    }

    @Test func `an answer before the end of the body counts`() throws {
        let server = StubServer(early: { _ in .answer(413) }) { _ in .close }
        let response = try HTTPClient().perform(post(server.url, bytes: 100_000)).get()
        #expect(response.status == 413)
    }
}
