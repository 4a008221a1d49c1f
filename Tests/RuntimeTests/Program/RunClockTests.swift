import Foundation
import Testing

@testable import Runtime

@Suite struct RunClockTests {
    @Test func `--as-of stands still`() {
        let instant = Date(timeIntervalSince1970: 1_795_489_800)
        let clock = RunClock(fixed: instant)
        #expect(clock.now == instant && clock.now == instant)
    }

    @Test func `otherwise it is now`() {
        let before = Date()
        let now = RunClock().now
        #expect(before <= now && now <= Date())
    }

    @Test func `a deadline that lies behind has passed, one ahead has not`() {
        #expect(Deadline(after: .zero).hasPassed)
        #expect(Deadline(after: .seconds(-1)).remaining == .zero)
        let far = Deadline(after: .seconds(3_600))
        #expect(!far.hasPassed)
        #expect(far.remaining > .seconds(1) && far.remaining <= .seconds(3_600))
    }
}
