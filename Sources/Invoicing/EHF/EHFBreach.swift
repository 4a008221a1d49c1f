/// A rule that an invoice breaks: what is wrong, and what to do.
package struct EHFBreach: Hashable, Codable, Sendable {
    /// The official number, as `BR-CO-10`.
    package var rule: String
    package var finding: String
    package var advice: String
    /// Whether the receiver takes the document all the same.
    package var isWarning: Bool

    package init(rule: String, finding: String, advice: String, isWarning: Bool = false) {
        self.rule = rule
        self.finding = finding
        self.advice = advice
        self.isWarning = isWarning
    }
}

extension EHFBreach: CustomStringConvertible {
    package var description: String {
        "\(finding) (\(rule)). \(advice)."
    }
}
