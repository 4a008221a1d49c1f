package import Bounces
package import Invoicing

/// What became of a dispatch, in plain words for the person who created it.
///
/// It is shown beside the message, which has the industry's English wording.
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

/// An explanation in each language.
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

/// What can be explained: every reason why a dispatch may not reach its recipient.
package enum ExplainedOutcome: Hashable, Sendable {
    /// Outside the system: by its events.
    case bounced(BounceClass, BounceReason)
    /// Inside the system: by the prechecks.
    case fault(FaultCode)
    /// The provider rejects this message.
    case refused
    /// Accepted by the provider, and then nothing was reported.
    case silent
    /// A person cancelled it.
    case cancelled
    /// It is not yet known whether the provider accepted it.
    case inDoubt
    /// The provider accepts nothing now, for reasons other than this message.
    case waiting
    /// It waited for the provider for too long.
    case givenUp
    /// The recipient's server accepted it and forwarded it to an address that was not reached.
    case forwardFailed
    /// As `bounced`, but the recipient's server had accepted it first.
    case returned(BounceClass, BounceReason)
}
