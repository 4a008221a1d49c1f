import Invoicing

/// Each fault of the prechecks in plain words, and how it is mended.
enum FaultTexts {
    static func explanation(of code: FaultCode, _ language: Language) -> Explanation {
        switch language {
        case .nb: bokmaal(code)
        case .nn: nynorsk(code)
        case .en: english(code)
        }
    }

    /// What a fault is about, in the reader's language where it is made of words of ours.
    static func detail(of fault: Fault, _ language: Language) -> String {
        guard fault.code == .logoUnusable, let cause = LogoFault(detail: fault.detail) else {
            return fault.detail
        }
        return LogoTexts.cause(of: cause, language)
    }
}
