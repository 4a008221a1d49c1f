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
}
