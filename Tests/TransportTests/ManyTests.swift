import TestSupport
import Testing
import Transport

/// Many exchanges at once.
@Suite struct ManyTests {
    private struct Stop: Error, Equatable {
        var number: Int
    }

    private func request(_ server: StubServer, _ number: Int) -> HTTPRequest {
        HTTPRequest(.post, server.url + "/\(number)", body: Array("\(number)".utf8))
    }

    @Test(arguments: [1, 7, 64])
    func `each is sent once, answered once, and connections are used again`(
        _ concurrency: Int
    ) throws {
        let server = StubServer { .answer(200, body: $0.text) }
        let client = HTTPClient(HTTPClientOptions(concurrency: concurrency))
        var next = 0
        var answered: [Int: String] = [:]
        var inFlight = 0
        var inFlightMax = 0
        client.perform(
            next: { () -> (HTTPRequest, Int)? in
                guard next < 500 else { return nil }
                next += 1
                inFlight += 1
                inFlightMax = max(inFlightMax, inFlight)
                return (request(server, next), next)
            },
            finished: { number, result in
                inFlight -= 1
                #expect(answered[number] == nil)
                switch result {
                case .success(let response):
                    answered[number] = String(decoding: response.body, as: UTF8.self)
                case .failure(let error): Issue.record(error)
                }
            })
        #expect(answered.count == 500)
        #expect(answered.allSatisfy { "\($0.key)" == $0.value })
        #expect(inFlightMax == concurrency)
        #expect(server.requests.count == 500)
        #expect(server.received.count <= concurrency)
    }

    @Test func `next is asked again after each end, even when it had no more before`() {
        let server = StubServer { _ in .answer(200) }
        let client = HTTPClient(HTTPClientOptions(concurrency: 4))
        var allowed = 1
        var given = 0
        client.perform(
            next: { () -> (HTTPRequest, Void)? in
                guard given < allowed else { return nil }
                given += 1
                return (request(server, given), ())
            },
            finished: { _, _ in allowed = min(allowed + 1, 10) })
        #expect(given == 10)
    }

    @Test func `an error from next stops asking; those in flight end, and it is thrown`() {
        let server = StubServer { _ in .answer(200) }
        let client = HTTPClient(HTTPClientOptions(concurrency: 3))
        var given = 0
        var finished = 0
        #expect(throws: Stop(number: 3)) {
            try client.perform(
                next: { () throws -> (HTTPRequest, Int)? in
                    given += 1
                    if given == 3 { throw Stop(number: 3) }
                    return (request(server, given), given)
                },
                finished: { _, _ in finished += 1 })
        }
        #expect(given == 3)
        #expect(finished == 2)
    }

    @Test func `the first error from finished is thrown when all have ended`() {
        let server = StubServer { _ in .answer(200) }
        let client = HTTPClient(HTTPClientOptions(concurrency: 5))
        var given = 0
        var order: [Int] = []
        do {
            try client.perform(
                next: { () -> (HTTPRequest, Int)? in
                    given += 1
                    return (request(server, given), given)
                },
                finished: { number, _ in
                    order.append(number)
                    throw Stop(number: number)
                })
            Issue.record("nothing was thrown")
        } catch {
            #expect((error as? Stop)?.number == order.first)
        }
        #expect(order.count == given)
        // The client can still be used.
        #expect((try? client.perform(request(server, 0)).get())?.status == 200)
    }

    @Test func `one that can't be sent does not hold up the others`() {
        let server = StubServer { _ in .answer(200) }
        var urls = ["bad", server.url, "http://far.example/", server.url][...]
        var kinds: [HTTPError.Kind?] = []
        HTTPClient().perform(
            next: { urls.popFirst().map { (HTTPRequest(.get, $0), ()) } },
            finished: { _, result in
                guard case .failure(let error) = result else { return kinds.append(nil) }
                kinds.append(error.kind)
            })
        #expect(kinds == [.invalidRequest, nil, .invalidRequest, nil])
    }
}
