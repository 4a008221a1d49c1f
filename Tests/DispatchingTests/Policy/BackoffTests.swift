import Dispatching
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
