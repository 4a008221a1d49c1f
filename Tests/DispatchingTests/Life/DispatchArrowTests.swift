import Dispatching
import Foundation
import Invoicing
import Testing

/// The table of a dispatch's life: what no row of it allows does not happen.
struct DispatchArrowTests {
    /// Where each arrow may start, and where it leads.
    static let table: [(DispatchArrow, from: Set<DispatchState>, to: DispatchState)] = [
        (.claim, [.queued], .sending),
        (.release, [.sending], .queued),
        (.accept, [.sending, .inDoubt], .sent),
        (.refuse, [.sending], .failed),
        (.doubt, [.sending], .inDoubt),
        (.ask, [.inDoubt], .inDoubt),
        (.postpone, [.queued, .sending, .inDoubt], .queued),
        (.retry, [.sending, .inDoubt, .sent], .queued),
        (.giveUp, [.queued, .sending, .inDoubt], .failed),
        (.cancel, [.queued, .sending, .inDoubt, .sent], .cancelled),
        (.settle, [.queued, .inDoubt, .sent], .sent),
        (.learn, [.cancelled], .cancelled),
        (.handOver, [.queued], .sent),
        (.reject, [.inDoubt, .sent], .failed),
        (.recover, [.queued, .sending, .inDoubt], .inDoubt),
    ]

    @Test(arguments: table)
    func `an arrow starts and ends where the table says`(
        _ arrow: DispatchArrow, _ from: Set<DispatchState>, _ to: DispatchState
    ) {
        #expect(arrow.sources == from)
        #expect(arrow.target == to)
        #expect(arrow.sourceNames == from.map(\.rawValue).sorted())
    }

    @Test func `every arrow stands in the table once`() {
        #expect(
            Self.table.map(\.0.rawValue).sorted() == DispatchArrow.allCases.map(\.rawValue).sorted()
        )
    }

    /// Rows: from; columns: queued, sending, sent, in doubt, failed, cancelled.
    @Test(arguments: [
        (DispatchState.queued, [true, true, true, true, true, true]),
        (.sending, [true, false, true, true, true, true]),
        (.sent, [true, false, true, false, true, true]),
        (.inDoubt, [true, false, true, true, true, true]),
        (.failed, [false, false, false, false, false, false]),
        (.cancelled, [false, false, false, false, false, true]),
    ])
    func `a dispatch changes its state only as some arrow leads`(
        from: DispatchState, allowed: [Bool]
    ) {
        let columns: [DispatchState] = [.queued, .sending, .sent, .inDoubt, .failed, .cancelled]
        #expect(columns.map { from.canBecome($0) } == allowed)
    }

    @Test func `what goes to the wire was claimed, and nothing else leads there`() {
        #expect(DispatchArrow.allCases.filter { $0.target == .sending } == [.claim])
    }

    @Test func `what may be on its way ends only by an answer, a question or a person`() {
        let ends = DispatchArrow.allCases.filter {
            $0.sources.contains(.inDoubt) && $0.target != .inDoubt
        }
        #expect(ends == [.accept, .postpone, .retry, .giveUp, .cancel, .settle, .reject])
    }
}

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
