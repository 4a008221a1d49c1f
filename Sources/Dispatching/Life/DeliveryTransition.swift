package import Bounces
package import FoundationEssentials
import Invoicing

/// A dispatch as it stands when its events are folded.
package struct DispatchSnapshot: Hashable, Sendable {
    package var state: DispatchState
    package var delivery: Delivery
    package var message: String
    package var attempt: Int
    package var acceptedAttempt: Int
    package var acceptedCount: Int
    package var retryDelays: [Int]
    package var isCancelRequested: Bool
    /// An event names the dispatch itself, and its newest attempt: the provider took that, whatever
    /// we know.
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
    package var message: String
    package var reason: String?
    /// When it is sent again after a soft bounce.
    package var runAt: Date?
    /// It was in doubt, and its events prove that it was taken.
    package var isProvedAccepted: Bool

    /// Whether nothing more is awaited.
    package var isFinal: Bool {
        switch state {
        case .failed, .cancelled: true
        case .queued, .sending, .inDoubt: false
        case .sent: delivery != .unknown && delivery != .deferred
        }
    }
}

extension DispatchSnapshot {
    /// Whether a fact proves that the newest attempt was taken.
    ///
    /// What is known of an older one, or of one that nobody says, proves nothing of the newest; but
    /// where none was known to be taken, whichever it is ends the doubt.
    package func isProved(by fact: DeliveryFact) -> Bool {
        switch fact.subject {
        case .address: false
        case .message: acceptedCount == 0
        case .attempt, .otherRecipient: acceptedCount == 0 || fact.attempt >= attempt
        }
    }

    /// The transition over all facts, or nil where it changes nothing.
    ///
    /// While a submission is on its way nothing is decided: the facts are folded again when it has
    /// ended. A soft bounce is retried by the send plan while the dispatch is still ongoing, and
    /// nothing else is said of it: one behind a delivery is not, however the two are told.
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

    /// Whether an outcome is still awaited, so that a soft bounce may be retried.
    private var isAwaited: Bool {
        (state == .inDoubt || delivery == .unknown || delivery == .deferred) && !isCancelRequested
    }

    /// A dispatch that waits to be sent again, or whose newest attempt is in doubt, waits no longer
    /// when an older attempt was delivered after all or has become hopeless, or when more is said of
    /// it than that it bounced softly: then its user is asked.
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
    /// The column Message.
    package var message: String {
        guard isForwardFailed else { return own }
        switch delivery {
        case .unknown: return DispatchMessage.forwardFailed.sentenceCased
        case .deferred, .delivered: return "\(own); \(DispatchMessage.forwardFailed)"
        case .softBounced, .hardBounced, .blocked: return own
        }
    }

    /// Without what became of it elsewhere.
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

    /// The reason that stands beside the message; of what got there, that a forward did not.
    package var storedReason: String? {
        switch delivery {
        case .unknown, .deferred, .delivered:
            isForwardFailed ? DispatchMessage.forwardFailedReason : nil
        case .softBounced, .hardBounced, .blocked: reason?.rawValue
        }
    }
}

extension String {
    fileprivate var sentenceCased: String { prefix(1).uppercased() + dropFirst() }
}

extension DeliveryTransition {
    /// The arrow that it takes.
    package var arrow: DispatchArrow {
        switch state {
        case .cancelled: .learn
        case .queued: .retry
        default: .settle
        }
    }
}
