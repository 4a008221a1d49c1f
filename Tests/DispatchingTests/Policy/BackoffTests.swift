import Dispatching
import Foundation
import Invoicing
import Testing

struct BackoffTests {
    @Test(
        arguments: [
            (1, 60.0), (2, 120), (3, 240), (6, 1_920), (7, 3_600), (8, 3_600), (500, 3_600),
            (0, 60), (-4, 60), (Int.max, 3_600),
        ] as [(Int, Double)])
    func `the whole wait doubles up to the cap`(tries: Int, seconds: Double) {
        #expect(Backoff().delaySeconds(after: tries, jitter: 1) == seconds)
    }

    @Test(arguments: [(0.0, 120.0), (0.5, 180), (1, 240), (-1, 120), (2, 240)])
    func `half of the wait is drawn by chance`(jitter: Double, seconds: Double) {
        #expect(Backoff().delaySeconds(after: 3, jitter: jitter) == seconds)
    }

    @Test(arguments: [0.0, 0.5, 1])
    func `the first wait is whole, whatever is drawn`(jitter: Double) {
        #expect(Backoff().delaySeconds(after: 1, jitter: jitter) == 60)
    }

    @Test func `no wait is above a cap that is below the first`() {
        #expect(Backoff(firstSeconds: 60, capSeconds: 10).delaySeconds(after: 1, jitter: 1) == 10)
    }

    @Test func `an outage of three days is some eighty tries, not thousands`() {
        var (seconds, tries) = (0.0, 0)
        while seconds < 3 * 86_400 {
            tries += 1
            seconds += Backoff().delaySeconds(after: tries, jitter: 0.5)
        }
        #expect((80...110).contains(tries), "\(tries)")
    }
}

@Suite struct SoftRetryTests {
    static let bouncedAt = Date(timeIntervalSince1970: 1_000_000)
    static let delays = SendPlanStep.retryDelaysSecondsDefault

    @Test(arguments: [(1, 14_400.0), (2, 86_400), (3, nil), (0, nil), (-1, nil)])
    func `the send plan's delays are used one by one, and then the user is asked`(
        submissions: Int, seconds: Double?
    ) {
        let next = SoftRetry.next(
            submissions: submissions, delays: Self.delays, bouncedAt: Self.bouncedAt, jitter: 0.5)
        #expect(next?.timeIntervalSince(Self.bouncedAt) == seconds)
    }

    @Test(arguments: [(0.0, 900.0), (0.25, 950), (0.5, 1_000), (1, 1_100), (-3, 900), (7, 1_100)])
    func `a retry is moved at most a tenth either way`(jitter: Double, seconds: Double) throws {
        let next = try #require(
            SoftRetry.next(
                submissions: 1, delays: [1_000], bouncedAt: Self.bouncedAt, jitter: jitter))
        #expect(abs(next.timeIntervalSince(Self.bouncedAt) - seconds) < 0.001)
    }

    @Test func `a plan without delays asks the user at once`() {
        #expect(
            SoftRetry.next(submissions: 1, delays: [], bouncedAt: Self.bouncedAt, jitter: 0)
                == nil)
    }
}
