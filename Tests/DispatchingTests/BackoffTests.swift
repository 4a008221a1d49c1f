import Dispatching
import Testing

@testable import Invoicing

@Suite struct BackoffTests {
    @Test(arguments: [
        (1, 60.0), (2, 120), (3, 240), (6, 1_920), (7, 3_600), (8, 3_600), (500, 3_600), (0, 60),
        (-4, 60),
    ])
    func `the whole wait doubles up to the cap`(attempt: Int, seconds: Double) {
        #expect(Backoff().delaySeconds(attempt: attempt, jitter: 1) == seconds)
    }

    @Test(arguments: [(0.0, 5.0), (0.01, 5), (0.25, 60), (0.5, 120), (-1, 5), (2, 240)])
    func `the wait is drawn from the whole of it, but is never none`(
        jitter: Double, seconds: Double
    ) {
        #expect(Backoff().delaySeconds(attempt: 3, jitter: jitter) == seconds)
    }
}
