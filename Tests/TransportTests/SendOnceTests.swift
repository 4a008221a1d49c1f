import Testing
import TestSupport
import Transport

/// libcurl repeats a POST by itself when a kept-alive connection dies; ours must not.
@Suite struct SendOnceTests {
    private func posts(_ server: StubServer) -> Int {
        server.stop()
        return server.received.reduce(0) { $0 + occurrences(of: "POST ", in: $1) }
    }

    private func occurrences(of word: String, in bytes: [UInt8]) -> Int {
        bytes.ranges(of: Array(word.utf8)).count
    }

    @Test(arguments: [StubServer.Reaction.close, .reset])
    func `a POST on a kept-alive connection that dies is sent once and in doubt`(
        _ death: StubServer.Reaction
    ) throws {
        let server = StubServer { $0.index == 0 ? .answer(202) : death }
        let client = HTTPClient()
        let request = HTTPRequest(.post, server.url + "/mail", body: Array("{}".utf8))

        let first = try client.perform(request).get()
        let second = client.perform(request)

        #expect(first.status == 202)
        #expect(throws: HTTPError.self) { try second.get() }
        guard case .failure(let error) = second else { return }
        #expect(error.phase == .afterBody)
        #expect(error.kind == .reset)
        #expect(posts(server) == 2)
    }

    @Test func `a GET on a kept-alive connection that died goes again on a fresh one`() throws {
        let server = StubServer { request in
            request.connection == 0 && request.index == 1 ? .close : .answer(200, body: "[]")
        }
        let client = HTTPClient()
        let request = HTTPRequest(.get, server.url)

        let statuses = try (0..<2).map { _ in try client.perform(request).get().status }

        #expect(statuses == [200, 200])
        #expect(server.requests.map(\.connection) == [0, 0, 1])
    }
}
