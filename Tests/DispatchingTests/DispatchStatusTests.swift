import Dispatching
import Testing

@testable import Invoicing

@Suite struct DispatchStatusTests {
    @Test(arguments: [
        (DispatchState.queued, Delivery.unknown, false, DispatchStatus.pending),
        (.queued, .softBounced, false, .ongoing), (.queued, .softBounced, true, .ongoing),
        (.queued, .unknown, true, .ongoing), (.queued, .deferred, false, .ongoing),
        (.sending, .unknown, false, .ongoing), (.sending, .softBounced, false, .ongoing),
        (.inDoubt, .unknown, false, .ongoing), (.inDoubt, .delivered, false, .ongoing),
        (.sent, .unknown, false, .ongoing), (.sent, .deferred, false, .ongoing),
        (.sent, .delivered, false, .completed), (.sent, .delivered, true, .completed),
        (.sent, .softBounced, true, .ongoing), (.sent, .softBounced, false, .failed),
        (.sent, .hardBounced, false, .failed), (.sent, .hardBounced, true, .failed),
        (.sent, .blocked, false, .failed), (.failed, .unknown, false, .failed),
        (.failed, .blocked, false, .failed), (.cancelled, .unknown, false, .cancelled),
        (.cancelled, .delivered, false, .cancelled),
    ])
    func `the user sees one of five statuses`(
        state: DispatchState, delivery: Delivery, hasRetryScheduled: Bool,
        expected: DispatchStatus
    ) {
        let status = DispatchStatus(
            state: state, delivery: delivery, hasRetryScheduled: hasRetryScheduled)
        #expect(status == expected)
    }

    @Test func `a failed or completed dispatch is never ongoing, and the other way round`() {
        for state in DispatchState.allCases {
            for delivery in Delivery.allCases {
                let status = DispatchStatus(state: state, delivery: delivery)
                let isOngoing = status == .pending || status == .ongoing
                #expect(isOngoing == state.isOngoing(delivery: delivery), "\(state) \(delivery)")
            }
        }
    }

    @Test func `the statuses have their Norwegian names`() {
        #expect(
            DispatchStatus.allCases.map(\.norwegianName)
                == ["I kø", "Pågående", "Feilet", "Ferdigbehandlet", "Avbrutt"])
    }
}
