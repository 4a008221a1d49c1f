import Dispatching
import Foundation
import Testing

/// What a change says of the attempt that it ends.
struct DispatchChangeTests {
    private static func change(
        _ arrow: DispatchArrow, attempt: AttemptOutcome? = nil
    ) -> DispatchChange {
        DispatchChange(
            claim: ClaimedDispatch(
                tenantID: 1, dispatchID: UUID(), leaseEpoch: 1, attempt: 1, acceptedCount: 0,
                claimedAt: Date(timeIntervalSince1970: 0)),
            arrow: arrow, attempt: attempt)
    }

    @Test(arguments: [
        (DispatchArrow.accept, true), (.refuse, true), (.retry, true), (.doubt, true),
        (.ask, true), (.release, false), (.postpone, false), (.giveUp, false),
    ])
    func `an attempt is spent by whoever judged the message, or may have, and by nothing else`(
        _ arrow: DispatchArrow, _ isSpent: Bool
    ) {
        #expect(Self.change(arrow).isSpent == isSpent)
    }

    @Test func `what was cancelled while it waited has spent none`() {
        #expect(!Self.change(.cancel).isSpent)
        #expect(Self.change(.cancel, attempt: .refused).isSpent)
    }

    @Test(arguments: DispatchArrow.allCases)
    func `the state is where the arrow leads, and only failed tells its user`(
        _ arrow: DispatchArrow
    ) {
        #expect(Self.change(arrow).state == arrow.target)
        #expect(Self.change(arrow).isFailure == (arrow.target == .failed))
    }

    @Test func `a claim holds for a request that ends before it, and not without an end`() {
        let now = ContinuousClock.now
        var claim = Self.change(.accept).claim
        #expect(!claim.holds(for: .zero, at: now))
        claim.leaseEnd = now + .seconds(60)
        #expect(claim.holds(for: .seconds(60), at: now))
        #expect(!claim.holds(for: .seconds(60), at: now + .nanoseconds(1)))
        #expect(!claim.holds(for: .zero, at: now + .seconds(61)))
    }
}
