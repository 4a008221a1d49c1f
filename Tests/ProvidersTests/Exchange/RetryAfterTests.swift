import Foundation
import Testing
import Transport

@testable import Providers

/// How long a provider asks to wait, value by value.
@Suite struct RetryAfterTests {
    /// Sun, 15 Jun 2025 15:06:40 GMT.
    private static let now = Date(timeIntervalSince1970: 1_750_000_000)
    private static let most = 30 * 86_400

    private func seconds(_ headers: [(String, String)], _ words: String = "") -> Int? {
        RetryAfter.seconds(
            HTTPResponse(status: 429, headers: headers), words: words, now: Self.now)
    }

    @Test(
        arguments: [
            ("120", 120), ("0", 1), ("0.2", 1), ("7200", 7200), ("86400", 86_400),
            ("1000000000", most), ("1e9", most), ("inf", most), ("-1", nil), ("nan", nil),
            ("soon", nil), ("", nil), ("99999999999999999999999999", most),
            // The three forms of RFC 9110.
            ("Sun, 15 Jun 2025 15:08:20 GMT", 100), ("Sunday, 15-Jun-25 15:08:20 GMT", 100),
            ("Sun Jun 15 15:08:20 2025", 100), ("Mon, 25 Aug 2025 07:00:31 UTC", most),
            ("Tue, 17 Jun 2025 15:06:40 GMT", 172_800),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 1), ("2025-06-15T15:08:20Z", 100),
            ("Sun, 99 Jun 2025 15:08:20 GMT", nil), ("Sun, 15 Jun 2025 25:08:20 GMT", nil),
            ("Sun, 15 Jun 99999999999999999999 15:08:20 GMT", nil),
        ] as [(String, Int?)])
    func `Retry-After`(_ text: String, _ expected: Int?) {
        #expect(seconds([("Retry-After", text)]) == expected)
    }

    @Test(
        arguments: [
            ("X-RateLimit-Reset", "1750000030", 30),
            ("X-RateLimit-Reset", "1750999999.5", 1_000_000),
            ("X-RateLimit-Reset", "1750000030000", 30), ("X-Request-Reset", "1750000045500", 46),
            ("X-RateLimit-Reset", "60", 60), ("RateLimit-Reset", "7", 7),
            ("X-RateLimit-Reset", "1749999999", 1), ("X-RateLimit-Reset", "1e30", most),
            ("X-RateLimit-Reset", "inf", most), ("X-RateLimit-Reset", "nan", nil),
            ("X-RateLimit-Reset", "-5", nil), ("X-RateLimit-Reset", "x", nil),
            ("X-Other", "5", nil),
        ] as [(String, String, Int?)])
    func `a reset in seconds left, seconds or thousandths since 1970`(
        _ name: String, _ text: String, _ expected: Int?
    ) {
        #expect(seconds([(name, text)]) == expected)
    }

    @Test(
        arguments: [
            ("limit exceeded, try again after 120 seconds", 120),
            ("try again after 0 seconds", 1), ("try again after 99999999 seconds", most),
            ("try again after a while", nil), ("limit exceeded", nil),
            (
                "Domain a.no is not allowed to send: recipient limit exceeded, try again after"
                    + " Sun, 15 Jun 2025 15:08:20 UTC", 100
            ),
            ("Please try again in 5 minutes.", 300), ("Greylisted for 300 seconds", 300),
            ("Retry in 2 hours and 5 minutes, please", 7500), ("retry after 90s", 90),
            ("try again in an hour", 3600), ("try again in a day!", 86_400),
            ("sending is paused until Sun, 15 Jun 2025 16:06:40 GMT.", 3600),
            ("sending is paused until 2025-06-15T16:06:40Z.", 3600),
            ("try again later", nil), ("try again in 5 parsecs", nil),
        ] as [(String, Int?)])
    func `how long to wait stands in the words`(_ words: String, _ expected: Int?) {
        #expect(seconds([], words) == expected)
        #expect(RetryAfter.seconds(inWords: words, now: Self.now) == expected)
    }

    @Test func `a header that can be read goes before the next, and before the words`() {
        let reset = ("X-RateLimit-Reset", "1750000005")
        #expect(seconds([("Retry-After", "soon"), reset]) == 5)
        #expect(seconds([("Retry-After", "9"), reset]) == 9)
        #expect(seconds([reset], "try again after 120 seconds") == 5)
    }
}
