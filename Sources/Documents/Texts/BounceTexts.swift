import Bounces
import Invoicing

/// What became of an e-mail outside the system, in plain words: the cause by its reason, the next
/// step by its class, and by its reason where that says more.
struct BounceTexts {
    var cause: (BounceReason) -> String
    var hard: String
    var blocked: String
    var soft: String
    var mailboxFull: String
    var messageTooBig: String
    var nothingToDo: String

    static func texts(_ language: Language) -> BounceTexts {
        switch language {
        case .nb: nb
        case .nn: nn
        case .en: en
        }
    }

    func explanation(of bounceClass: BounceClass, _ reason: BounceReason) -> Explanation {
        Explanation(summary: cause(reason), nextStep: nextStep(bounceClass, reason))
    }

    private func nextStep(_ bounceClass: BounceClass, _ reason: BounceReason) -> String {
        switch (bounceClass, reason) {
        case (.hard, _): hard
        case (.blocked, _): blocked
        case (.soft, .mailboxFull): mailboxFull
        case (.soft, .messageTooBig): messageTooBig
        case (.soft, _): soft
        case (.other, _): nothingToDo
        }
    }
}
