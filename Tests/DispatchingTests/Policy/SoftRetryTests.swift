import Dispatching
import Foundation
import Invoicing
import Testing

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
