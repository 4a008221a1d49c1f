/// How sure the classifier is of what it found, by what it found.
///
/// Each is about the share that was right of labelled bounces when the phrases, and the words of a
/// kind, that only their own fold of five holds were left out of the table.
/// `scripts/cross-validate` prints the shares.
enum Confidence {
    /// Words and a specific code that say the same.
    static let agreement = 0.97
    static let words = 0.95
    /// Words that a specific code contradicts.
    static let contradiction = 0.7
    /// Words that are only a kind of thing and what is said of it.
    static let pattern = 0.85
    /// A specific enhanced code beside words that nobody knows.
    static let code = 0.85
    /// The most that the model is believed: it is asked of too few labelled bounces to show more.
    static let model = 0.85
    /// A word of little weight.
    static let hint = 0.75
    static let reply = 0.6
    static let vagueCode = 0.6
    /// A specific code that would condemn the address, beside other words; so it is soft.
    static let doubtedCode = 0.4
    /// 550 and not a word.
    static let likelyReply = 0.4
    static let nothing = 0.25
}

extension BounceClassification {
    /// What is less sure than this is for a person to look at.
    package static let reviewBelow = 0.7

    /// Whether a person had better look at it: the classifier found little to go by.
    package var needsReview: Bool { confidence < Self.reviewBelow }
}
