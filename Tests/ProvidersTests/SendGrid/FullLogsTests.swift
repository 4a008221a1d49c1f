import Bounces
import Dispatching
import Foundation
import Invoicing
import TestSupport
import Testing

/// Logs that hold more than can be given at once.
@Suite struct FullLogsTests {
    /// A server whose every second has so many messages of each status, and gives a thousand.
    private static func logs(perStatus: [(status: String, count: Int)]) -> StubServer {
        StubServer { request in
            let json = try? JSONSerialization.jsonObject(with: Data(request.body))
            let query = (json as? [String: Any])?["query"] as? String ?? ""
            let times = query.matches(of: /TIMESTAMP "([^"]+)"/).map {
                (try? Date(String($0.1), strategy: .iso8601))?.timeIntervalSince1970 ?? 0
            }
            let status = query.firstMatch(of: /status IN \('([a-z]+)'\)/).map { String($0.1) }
            var rows: [String] = []
            for second in stride(from: times[0], to: times[1], by: 1) where rows.count < 1000 {
                let time = Date(timeIntervalSince1970: second).ISO8601Format()
                for (name, count) in perStatus where status ?? name == name {
                    for number in 0..<min(count, 1000 - rows.count) {
                        rows.append(
                            #"{"sg_message_id":"\#(Int(second))-\#(name)-\#(number)","#
                                + #""to_email":"a@b.example","subject":"s","status":"\#(name)","#
                                + #""sg_message_id_created_at":"\#(time)"}"#)
                    }
                }
            }
            return .answer(200, body: #"{"messages":[\#(rows.joined(separator: ","))]}"#)
        }
    }

    private func poll(_ server: StubServer, seconds: Double) throws -> [EventPage] {
        let fixture = try SendGridFixture(baseURL: server.url) { _ in .close }
        let end = SendGridFixture.now.timeIntervalSince1970
        return try fixture.poll("logs", end - seconds, end)
    }

    @Test func `a window is halved until each part has fewer than a thousand`() throws {
        let server = Self.logs(perStatus: [("delivered", 300), ("bounced", 10)])
        let pages = try poll(server, seconds: 40)
        let keys = Set(pages.flatMap(\.events).map(\.key))
        #expect(keys.count == 12_400)
        #expect(pages.allSatisfy { $0.shortfall == nil && $0.completeUntil != nil })
        #expect(pages.last?.completeUntil == SendGridFixture.now)
    }

    @Test func `a full second is asked for by status`() throws {
        let server = Self.logs(perStatus: [("delivered", 900), ("bounced", 900)])
        let pages = try poll(server, seconds: 2)
        let keys = Set(pages.flatMap(\.events).map(\.key))
        #expect(keys.count == 3_600)
        #expect(pages.allSatisfy { $0.shortfall == nil })
    }

    @Test func `a second that stays full is told of and does not hold the cursor`() throws {
        let server = Self.logs(perStatus: [("delivered", 1500), ("bounced", 20)])
        let pages = try poll(server, seconds: 3)
        let shortfalls = pages.compactMap(\.shortfall)
        #expect(shortfalls.count == 3)
        #expect(shortfalls.allSatisfy { $0.hasSuffix("delivered") })
        let bounces = pages.flatMap(\.events).count { $0.kind == .bounced }
        #expect(bounces == 60)
        #expect(pages.last?.completeUntil == SendGridFixture.now)
    }
}
