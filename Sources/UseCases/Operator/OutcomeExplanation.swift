import Bounces
import Dispatching
import Documents
import Invoicing
import Store

/// The explanation of a dispatch's current state for people.
enum OutcomeExplanation {
    static func of(
        state: DispatchState, delivery: Delivery, reason: String?, message: String,
        language: Language
    ) -> Explanation? {
        outcome(
            state: state, delivery: delivery, reason: reason,
            isReturned: message.hasSuffix(DispatchMessage.afterDelivery)
        ).map { Explanation(of: $0, language) }
    }

    private static func outcome(
        state: DispatchState, delivery: Delivery, reason: String?, isReturned: Bool
    ) -> ExplainedOutcome? {
        if let code = reason.flatMap(FaultCode.init), state == .failed || state == .cancelled {
            return .fault(code)
        }
        let bounceReason = reason.flatMap(BounceReason.init)
        let ownReason = reason.flatMap(DispatchReason.init)
        switch (state, delivery) {
        case (.sent, _) where ownReason == .forwardFailed: return .forwardFailed
        case (.cancelled, _): return .cancelled
        case (.failed, _) where ownReason == .givenUp: return .givenUp
        case (.queued, _) where ownReason == .postponed: return .waiting
        case (.inDoubt, _): return .inDoubt
        case (_, .blocked): return bounced(.blocked, bounceReason ?? .suppressed, isReturned)
        case (_, .softBounced): return bounced(.soft, bounceReason ?? .undetermined, isReturned)
        case (_, .hardBounced): return bounced(.hard, bounceReason ?? .userUnknown, isReturned)
        case (.failed, _): return .refused
        default: return nil
        }
    }

    private static func bounced(
        _ bounceClass: BounceClass, _ reason: BounceReason, _ isReturned: Bool
    ) -> ExplainedOutcome {
        isReturned ? .returned(bounceClass, reason) : .bounced(bounceClass, reason)
    }
}
