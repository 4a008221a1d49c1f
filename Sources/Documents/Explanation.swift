package import Bounces
package import Invoicing

/// What became of a dispatch, in plain words for the person who made it.
///
/// What happened, and what to do next. It stands beside the message, which keeps the field's
/// English wording.
package struct Explanation: Hashable, Codable, Sendable {
    package var summary: String
    package var nextStep: String

    package init(summary: String, nextStep: String) {
        self.summary = summary
        self.nextStep = nextStep
    }
}

extension Explanation {
    /// Explains an outcome in a language.
    package init(of outcome: ExplainedOutcome, _ language: Language) {
        switch outcome {
        case .bounced(let bounceClass, let reason):
            self = BounceTexts.texts(language).explanation(of: bounceClass, reason)
        case .fault(let code): self = FaultTexts.explanation(of: code, language)
        case .refused: self = OutcomeTexts.texts(language).refused
        case .silent: self = OutcomeTexts.texts(language).silent
        case .cancelled: self = OutcomeTexts.texts(language).cancelled
        case .inDoubt: self = OutcomeTexts.texts(language).inDoubt
        case .waiting: self = OutcomeTexts.texts(language).waiting
        case .givenUp: self = OutcomeTexts.texts(language).givenUp
        case .forwardFailed: self = OutcomeTexts.texts(language).forwardFailed
        case .returned(let bounceClass, let reason):
            let words = BounceTexts.texts(language).explanation(of: bounceClass, reason)
            self.init(
                summary: "\(OutcomeTexts.texts(language).returned) \(words.summary)",
                nextStep: words.nextStep)
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
