import TestSupport
import Testing

@testable import Transport

/// What a name server answers, of sound mind and otherwise.
struct NameServerTests {
    private static func reply(_ reaction: StubNameServer.Reaction) throws -> NameServer.Reply {
        let server = StubNameServer { _ in reaction }
        return try #require(NameServer(server.address)).texts(of: "_dmarc.fjord.example")
    }

    @Test func `texts come as they are, in as many strings as they need`() throws {
        let long = String(repeating: "k", count: 600)
        #expect(
            try Self.reply(.texts(["v=spf1 ~all", "", long])) == .texts(["v=spf1 ~all", "", long]))
        #expect(try Self.reply(.alias(["v=DKIM1"])) == .texts(["v=DKIM1"]))
    }

    @Test func `no name and no record are an answer, a server that fails is none`() throws {
        #expect(try Self.reply(.code(3)) == .texts([]))
        #expect(try Self.reply(.texts([])) == .texts([]))
        for code: UInt8 in [1, 2, 5] {
            guard case .failed = try Self.reply(.code(code)) else {
                Issue.record("\(code)")
                continue
            }
        }
    }

    @Test(arguments: [
        [UInt8]([]), [0x81, 0x80], Array(repeating: 0xC0, count: 400),
        [0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0] + Array(repeating: 63, count: 90),
    ])
    func `what makes no sense is no answer`(bytes: [UInt8]) throws {
        let calls = StubNameServer { _ in .bytes(bytes) }
        guard case .failed = try #require(NameServer(calls.address)).texts(of: "fjord.example")
        else {
            Issue.record("\(bytes)")
            return
        }
    }

    @Test func `the whole name is asked for, and no other`() throws {
        let server = StubNameServer { _ in .code(3) }
        _ = NameServer(server.address)?.texts(of: "s1._domainkey.fjord.example")
        #expect(Set(server.asked) == ["s1._domainkey.fjord.example"])
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4:", "1.2.3.4:0", "1.2.3.4:65536", "::1",
        "0.0.0.0", "a.b.c.d", "1.2.3.4:53:53", " 1.2.3.4",
    ])
    func `what is no address names no server`(text: String) {
        #expect(NameServer(text) == nil)
    }

    // MARK: Bytes

    /// An answer to a question with these records behind it.
    private static func answer(_ records: [UInt8], count: UInt8) -> [UInt8] {
        [0, 1, 0x81, 0x80, 0, 1, 0, count, 0, 0, 0, 0, 1, 97, 2, 110, 111, 0, 0, 16, 0, 1] + records
    }

    private static let sound = answer(
        [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, 3, 2, 104, 105], count: 1)

    @Test func `an answer that is cut off anywhere is none`() {
        #expect(DNSAnswer(Self.sound)?.texts == ["hi"])
        for count in Self.sound.indices {
            #expect(DNSAnswer(Array(Self.sound[..<count])) == nil, "\(count)")
        }
    }

    @Test
    func `a string that is longer than its record is none, and other records are passed over`() {
        let long = Self.answer([0, 0, 16, 0, 1, 0, 0, 0, 60, 0, 2, 9, 104], count: 1)
        #expect(DNSAnswer(long) == nil)
        let others = Self.answer(
            [0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 2, 9, 104, 0, 0, 16, 0, 3, 0, 0, 0, 60, 0, 2, 9, 104],
            count: 2)
        #expect(DNSAnswer(others)?.texts == [])
    }

    @Test func `whatever is changed in an answer is survived`() {
        var numbers = SeededNumbers(seed: 7)
        for _ in 0..<20_000 {
            var bytes = Self.sound
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                bytes[Int.random(in: bytes.indices, using: &numbers)] = .random(
                    in: 0...255, using: &numbers)
            }
            let texts = DNSAnswer(bytes)?.texts ?? []
            #expect(texts.joined().utf8.count <= 3 * bytes.count)
        }
    }
}
