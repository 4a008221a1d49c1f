package import Bounces
package import FoundationEssentials
import Invoicing

/// The state of a dispatch before its events are folded.
package struct DispatchSnapshot: Hashable, Sendable {
    package var state: DispatchState
    /// What became of it, as far as was known before.
    package var delivery: Delivery
    /// The column Message as it is stored.
    package var message: String
    /// The number of the newest attempt, counted from 1.
    package var attempt: Int
    /// The number of the newest attempt that the provider is known to have accepted.
    package var acceptedAttempt: Int
    /// How many attempts the provider is known to have accepted.
    package var acceptedCount: Int
    /// The send plan's delays after each soft bounce, in seconds.
    package var retryDelays: [Int]
    /// Whether a person cancelled it while it was being sent.
    package var isCancelRequested: Bool
    /// Whether an event names the dispatch itself and its newest attempt, which shows that the
    /// provider accepted it, whatever is recorded.
    package var isProved: Bool

    package init(
        state: DispatchState, delivery: Delivery = .unknown, message: String = "",
        attempt: Int = 1, acceptedAttempt: Int = 1, acceptedCount: Int = 1,
        retryDelays: [Int] = [], isCancelRequested: Bool = false, isProved: Bool = false
    ) {
        self.state = state
        self.delivery = delivery
        self.message = message
        self.attempt = attempt
        self.acceptedAttempt = acceptedAttempt
        self.acceptedCount = acceptedCount
        self.retryDelays = retryDelays
        self.isCancelRequested = isCancelRequested
        self.isProved = isProved
    }
}

/// What became of a dispatch, and what is to be done about it.
package struct DeliveryTransition: Hashable, Sendable {
    package var state: DispatchState
    package var delivery: Delivery
    /// The column Message.
    package var message: String
    /// The reason code stored beside the message; nil where there is none.
    package var reason: String?
    /// When it is to be sent again after a soft bounce; nil where it is not.
    package var runAt: Date?
    /// Whether it was in doubt, and its events prove that it was accepted.
    package var isProvedAccepted: Bool

    /// Whether no further outcome is expected.
    package var isFinal: Bool {
        switch state {
        case .failed, .cancelled: true
        case .queued, .sending, .inDoubt: false
        case .sent: delivery != .unknown && delivery != .deferred
        }
    }
}

extension DispatchSnapshot {
    /// Whether a fact proves that the newest attempt was accepted.
    ///
    /// A fact about an older attempt, or about an unknown one, proves nothing about the newest; but
    /// where no attempt was known to be accepted, any of them resolves the doubt.
    package func isProved(by fact: DeliveryFact) -> Bool {
        switch fact.subject {
        case .address: false
        case .message: acceptedCount == 0
        case .attempt, .otherRecipient: acceptedCount == 0 || fact.attempt >= attempt
        }
    }

    /// The transition over all facts, or nil where nothing changes.
    ///
    /// Nothing is decided while a submission is in progress: the facts are folded again when it has
    /// ended. A soft bounce is retried by the send plan as long as the dispatch is awaited and
    /// nothing else is reported of it; a soft bounce together with a delivery is not retried, in
    /// whichever order they were reported.
    package func transition(over facts: [DeliveryFact], now: Date, jitter: Double)
        -> DeliveryTransition?
    {
        let isProvedAccepted = state == .inDoubt && isProved
        switch state {
        case .sending, .failed: return nil
        case .inDoubt where !isProved && acceptedCount == 0: return nil
        case .inDoubt, .queued, .sent, .cancelled: break
        }
        let outcome = DeliveryFold.fold(
            facts, acceptedAttempt: isProvedAccepted ? attempt : acceptedAttempt)
        var transition = DeliveryTransition(
            state: isProvedAccepted ? .sent : state, delivery: outcome.delivery,
            message: outcome.message, reason: outcome.storedReason,
            runAt: nil, isProvedAccepted: isProvedAccepted)
        if transition.state == .queued || transition.state == .inDoubt {
            guard let settled = settledMeanwhile(transition, outcome) else { return nil }
            transition = settled
        } else if transition.state == .sent, outcome.delivery == .softBounced, isAwaited,
            outcome.isOnlySoft
        {
            transition = retried(transition, bouncedAt: outcome.occurredAt ?? now, now: now, jitter)
        }
        return isChange(transition) ? transition : nil
    }

    /// Whether an outcome is still expected, so that a soft bounce may be retried.
    private var isAwaited: Bool {
        (state == .inDoubt || delivery == .unknown || delivery == .deferred) && !isCancelRequested
    }

    /// A dispatch that waits for a retry, or whose newest attempt is in doubt, stops waiting when
    /// an older attempt turns out to have been delivered or to have failed for good, or when more
    /// is reported of it than a soft bounce: then its user is asked.
    private func settledMeanwhile(
        _ transition: DeliveryTransition, _ outcome: DeliveryOutcome
    ) -> DeliveryTransition? {
        guard acceptedCount > 0 else { return nil }
        switch transition.delivery {
        case .softBounced where !outcome.isOnlySoft: break
        case .delivered, .hardBounced, .blocked: break
        case .unknown, .deferred, .softBounced: return nil
        }
        var settled = transition
        settled.state = .sent
        return settled
    }

    private func retried(
        _ transition: DeliveryTransition, bouncedAt: Date, now: Date, _ jitter: Double
    ) -> DeliveryTransition {
        let submissions = acceptedCount + (transition.isProvedAccepted ? 1 : 0)
        guard
            let runAt = SoftRetry.next(
                submissions: submissions, delays: retryDelays, bouncedAt: bouncedAt,
                jitter: jitter)
        else { return transition }
        var retried = transition
        retried.state = .queued
        retried.runAt = max(runAt, now)
        return retried
    }

    private func isChange(_ transition: DeliveryTransition) -> Bool {
        transition.state != state || transition.delivery != delivery
            || transition.message != message
    }
}

extension DeliveryOutcome {
    /// The text for the column Message.
    package var message: String {
        guard isForwardFailed else { return own }
        switch delivery {
        case .unknown: return DispatchMessage.forwardFailed.sentenceCased
        case .deferred, .delivered: return "\(own); \(DispatchMessage.forwardFailed)"
        case .softBounced, .hardBounced, .blocked: return own
        }
    }

    /// The message without what became of a forward.
    private var own: String {
        let behind = isAfterDelivery ? DispatchMessage.afterDelivery : ""
        return switch delivery {
        case .unknown: ""
        case .deferred: "Deferred: the receiving server asked to wait"
        case .delivered: "Delivered"
        case .blocked: DispatchMessage.blocked + behind
        case .softBounced:
            (DispatchMessage.text(.soft, reason ?? .undetermined, serverText: text) ?? "") + behind
        case .hardBounced:
            (DispatchMessage.text(.hard, reason ?? .undetermined, serverText: text) ?? "") + behind
        }
    }

    /// The reason stored beside the message; for a delivery whose forward failed, a reason that
    /// says so.
    package var storedReason: String? {
        switch delivery {
        case .unknown, .deferred, .delivered:
            isForwardFailed ? DispatchReason.forwardFailed.rawValue : nil
        case .softBounced, .hardBounced, .blocked: reason?.rawValue
        }
    }
}

extension String {
    fileprivate var sentenceCased: String { prefix(1).uppercased() + dropFirst() }
}

extension DeliveryTransition {
    /// The arrow by which the transition is made.
    package var arrow: DispatchArrow {
        switch state {
        case .cancelled: .learn
        case .queued: .retry
        default: .settle
        }
    }
}
