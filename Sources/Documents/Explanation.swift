package import Bounces
package import Invoicing

/// What became of a dispatch, in plain words for the person who made it.
///
/// What happened, and what to do next. It stands beside the message, which keeps the field's
/// English wording.
package struct Explanation: Hashable, Codable, Sendable {
    /// What happened, in a sentence or two.
    package var summary: String
    /// What to do about it, and where.
    package var nextStep: String

    package init(summary: String, nextStep: String) {
        self.summary = summary
        self.nextStep = nextStep
    }
}

/// An explanation in each of the languages.
struct Advice {
    var summary: Trilingual
    var nextStep: Trilingual

    subscript(language: Language) -> Explanation {
        Explanation(summary: summary[language], nextStep: nextStep[language])
    }
}

extension Explanation {
    /// Explains an outcome in a language.
    package init(of outcome: ExplainedOutcome, _ language: Language) {
        self = Self.advice(on: outcome)[language]
    }

    private static func advice(on outcome: ExplainedOutcome) -> Advice {
        switch outcome {
        case .bounced(let bounceClass, let reason): BounceTexts.advice(on: bounceClass, reason)
        case .returned(let bounceClass, let reason):
            OutcomeTexts.returned(BounceTexts.advice(on: bounceClass, reason))
        case .fault(let code): FaultTexts.advice(on: code)
        case .refused: OutcomeTexts.refused
        case .silent: OutcomeTexts.silent
        case .cancelled: OutcomeTexts.cancelled
        case .inDoubt: OutcomeTexts.inDoubt
        case .waiting: OutcomeTexts.waiting
        case .givenUp: OutcomeTexts.givenUp
        case .forwardFailed: OutcomeTexts.forwardFailed
        }
    }
}

/// What there is to explain: every way in which a dispatch may not reach its recipient.
package enum ExplainedOutcome: Hashable, Sendable {
    /// Outside the system: what the events say.
    case bounced(BounceClass, BounceReason)
    /// Inside it: what the prechecks found.
    case fault(FaultCode)
    /// The provider will not take this message.
    case refused
    /// Taken by the provider, and never heard of again.
    case silent
    case cancelled
    /// Nobody knows yet whether the provider took it.
    case inDoubt
    /// The provider takes nothing now, for reasons that are not the message's.
    case waiting
    /// It has done so for too long.
    case givenUp
    /// The recipient's server took it and passed it on to another address, which was not reached.
    case forwardFailed
    /// As bounced, but the recipient's server had taken it first.
    case returned(BounceClass, BounceReason)
}
