import Dispatching
import Foundation
import Testing

/// How long the provider is left alone.
struct ProviderPauseTests {
    private static let now = Date(timeIntervalSince1970: 1_795_000_000)

    private func pause(
        after last: ProviderPause?, at now: Date = now, retryAfter: Int? = nil,
        jitter: Double = 1, backoff: Backoff = Backoff()
    ) -> ProviderPause {
        ProviderPause(
            after: Refusal(.provider, .busy, "429", retryAfterSeconds: retryAfter),
            following: last, backoff: backoff, now: now, jitter: jitter)
    }

    @Test func `each pause in a row is twice as long, up to a quarter of an hour`() {
        var (last, now): (ProviderPause?, Date) = (nil, Self.now)
        var seconds: [Double] = []
        for tries in 1...7 {
            let next = pause(after: last, at: now)
            #expect(next.tries == tries)
            seconds.append(next.until.timeIntervalSince(now))
            (last, now) = (next, next.until)
        }
        #expect(seconds == [60, 120, 240, 480, 900, 900, 900])
    }

    @Test func `a shorter cap of the settings is kept`() {
        let last = pause(after: pause(after: nil))
        let next = pause(after: last, backoff: Backoff(firstSeconds: 60, capSeconds: 90))
        #expect(next.until == Self.now + 90)
    }

    @Test(arguments: [901, 86_400, 1_000_000])
    func `what the provider asks is obeyed, however long`(seconds: Int) {
        #expect(pause(after: nil, retryAfter: seconds).until == Self.now + Double(seconds))
    }

    @Test(arguments: [0, 1, -5])
    func `what the provider asks makes no pause shorter`(seconds: Int) {
        #expect(pause(after: nil, retryAfter: seconds, jitter: 0).until == Self.now + 60)
    }

    @Test func `it says since when the trouble is, and what was said last`() {
        let first = pause(after: nil)
        let later = Self.now + 7_200
        let second = ProviderPause(
            after: Refusal(.account, .exhausted, "quota"), following: first, backoff: Backoff(),
            now: later, jitter: 0)
        #expect(first.since == Self.now)
        #expect(second.since == Self.now)
        #expect(second.cause == .exhausted)
        #expect(second.reason == "quota")
        #expect(second.until == later + 60)
    }
}
