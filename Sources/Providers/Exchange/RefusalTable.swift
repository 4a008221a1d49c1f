import Dispatching
import Invoicing

/// A row of a provider's table of refusals: the answers that it is about, and what they mean.
///
/// It fits where all that it names fits; what it leaves out is anything.
struct RefusalRow: Sendable {
    let subject: Refusal.Subject
    let cause: Refusal.Cause
    /// The vendor's numbers: of HTTP, of its own, or SMTP's.
    var codes: Set<Int> = []
    /// The finer codes of SMTP (RFC 3463).
    var enhanced: Set<String> = []
    /// Words in small letters, of which one stands in the answer.
    var words: [String] = []
    /// Words that mean something else though the others stand there too.
    var unless: [String] = []
    /// What whoever reads it should look at.
    var advice: String?

    init(
        _ subject: Refusal.Subject, _ cause: Refusal.Cause, codes: Set<Int> = [],
        enhanced: Set<String> = [], words: [String] = [], unless: [String] = [],
        advice: String? = nil
    ) {
        self.subject = subject
        self.cause = cause
        self.codes = codes
        self.enhanced = enhanced
        self.words = words
        self.unless = unless
        self.advice = advice
    }

    fileprivate func fits(_ code: Int, _ enhanced: String?, _ text: AnswerWords) -> Bool {
        (codes.isEmpty || codes.contains(code))
            && (self.enhanced.isEmpty || enhanced.map(self.enhanced.contains) ?? false)
            && (words.isEmpty || words.contains(where: text.hold))
            && !unless.contains(where: text.hold)
    }

    /// The refusal that the row makes of a provider's words.
    func refusal(_ line: String, retryAfterSeconds: Int?) -> Refusal {
        Refusal(
            subject, cause, advice.map { "\(line); \($0)" } ?? line,
            retryAfterSeconds: cause.saysWhen ? retryAfterSeconds : nil)
    }
}

extension [RefusalRow] {
    /// The first row that fits.
    func row(code: Int, enhanced: String? = nil, words: String) -> RefusalRow? {
        let text = AnswerWords(words)
        return first { $0.fits(code, enhanced, text) }
    }
}

extension Refusal.Cause {
    /// Whether the same may be taken later without anybody's doing.
    fileprivate var saysWhen: Bool {
        switch self {
        case .notYet, .busy, .exhausted, .down, .unknown: true
        case .content, .bounced, .suppressed, .unreachable, .unauthorized, .notAllowed,
            .misconfigured, .untrusted:
            false
        }
    }
}
