package import Invoicing

/// A rule that an invoice breaks: what is wrong, and what to do.
package struct EHFViolation: Hashable, Codable, Sendable {
    /// The official number, as `BR-CO-10`.
    package var rule: String
    package var finding: Trilingual
    package var advice: Trilingual
    /// Whether the receiver takes the document all the same.
    package var isWarning: Bool

    package init(rule: String, finding: Trilingual, advice: Trilingual, isWarning: Bool = false) {
        self.rule = rule
        self.finding = finding
        self.advice = advice
        self.isWarning = isWarning
    }
}

extension EHFViolation: CustomStringConvertible {
    /// The violation as two sentences, the rule's number in parentheses.
    package var words: Trilingual {
        Trilingual { "\(finding[$0]) (\(rule)). \(advice[$0])." }
    }

    package var description: String { words.en }
}
