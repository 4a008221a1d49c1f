import Dispatching
import Testing

@testable import Invoicing

@Suite struct DispatchStateTests {
    /// Rows: from; columns: queued, sending, sent, in doubt, failed, cancelled.
    static let table: [(DispatchState, [Bool])] = [
        (.queued, [false, true, true, false, false, true]),
        (.sending, [true, false, true, true, true, true]),
        (.sent, [true, false, false, false, false, true]),
        (.inDoubt, [true, false, true, false, true, true]),
        (.failed, [false, false, false, false, false, false]),
        (.cancelled, [false, false, false, false, false, false]),
    ]

    @Test(arguments: table)
    func `a dispatch changes its state only as the design allows`(
        from: DispatchState, allowed: [Bool]
    ) {
        let columns: [DispatchState] = [.queued, .sending, .sent, .inDoubt, .failed, .cancelled]
        #expect(columns.map { from.canBecome($0) } == allowed)
    }

    @Test(arguments: DispatchState.allCases, Delivery.allCases)
    func `a dispatch is ongoing until we or its events have ended it`(
        state: DispatchState, delivery: Delivery
    ) {
        let expected =
            switch state {
            case .queued, .sending, .inDoubt: true
            case .sent: delivery == .unknown || delivery == .deferred
            case .failed, .cancelled: false
            }
        #expect(state.isOngoing(delivery: delivery) == expected)
    }
}
