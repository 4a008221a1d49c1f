import Dispatching
import FoundationEssentials
import Invoicing
import Transport

/// A row of a provider's table of refusals: which answers it covers, and what they mean.
///
/// It matches if everything it specifies matches; what it omits matches anything.
struct RefusalRow: Sendable {
    let subject: Refusal.Subject
    let cause: Refusal.Cause
    /// Status codes: HTTP's, the vendor's own, or SMTP's.
    var codes: Set<Int> = []
    /// Enhanced status codes of SMTP (RFC 3463).
    var enhanced: Set<String> = []
    /// Lower-case phrases, one of which must occur in the answer.
    var words: [String] = []
    /// Phrases that must not occur, because they change the meaning.
    var unless: [String] = []
    /// What the operator should check; nil for nothing.
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

    /// The refusal that the row gives for a provider's answer.
    func refusal(_ line: String, retryAfterSeconds: Int?) -> Refusal {
        Refusal(
            subject, cause, advice.map { "\(line); \($0)" } ?? line,
            retryAfterSeconds: cause.saysWhen ? retryAfterSeconds : nil)
    }
}

extension [RefusalRow] {
    /// The first row that matches; nil where none does.
    func row(code: Int, enhanced: String? = nil, words: String) -> RefusalRow? {
        let text = AnswerWords(words)
        return first { $0.fits(code, enhanced, text) }
    }
}

extension Refusal.Cause {
    /// Whether the same submission may be accepted later without anyone intervening.
    fileprivate var saysWhen: Bool {
        switch self {
        case .notYet, .busy, .exhausted, .down, .unknown: true
        case .content, .bounced, .suppressed, .unreachable, .unauthorized, .notAllowed,
            .misconfigured, .untrusted:
            false
        }
    }
}

/// An HTTP answer that refuses, as the vendor describes it.
struct HTTPNo {
    /// The vendor's own code, or the status where it has none.
    var code: Int
    /// Everything it says, for matching.
    var words: String
    /// The same on one line, for people.
    var line: String
    /// Whether the vendor wrote it, rather than a firewall or proxy in between.
    var isVendors: Bool
}

/// The refusals that every HTTP API has in common.
enum HTTPRefusals {
    /// What a status means regardless of who wrote it.
    ///
    /// Source: RFC 9110 § 15.5, RFC 6585 § 4.
    static let rows = [
        RefusalRow(.account, .unauthorized, codes: [401]),
        RefusalRow(.account, .exhausted, codes: [402]),
        RefusalRow(
            .account, .misconfigured, codes: [404],
            advice: "there is no such address: check provider.base_url and provider.region"),
        RefusalRow(
            .account, .misconfigured, codes: [407],
            advice: "a proxy on the way wants a log-in: let the provider be reached without one"),
        RefusalRow(.message, .content, codes: [413]),
        RefusalRow(.provider, .busy, codes: [429]),
    ]

    /// Interprets an answer from 400 to 499: by the vendor's table if the vendor wrote it, then by
    /// its status; otherwise the cause is unknown.
    static func refusal(
        _ response: HTTPResponse, _ no: HTTPNo, table: [RefusalRow], now: Date
    ) -> Refusal {
        let known =
            (no.isVendors ? table.row(code: no.code, words: no.words) : nil)
            ?? rows.row(code: response.status, words: "")
        let row = known ?? RefusalRow(.unknown, .unknown)
        return row.refusal(
            no.line,
            retryAfterSeconds: RetryAfter.seconds(response, words: no.words, now: now))
    }
}

extension Refusal {
    /// The error that stops a run, for a refusal that concerns more than one message.
    func error(provider: String) -> ProviderError {
        switch cause {
        case .unauthorized: .unauthorized(provider: provider, reason: reason)
        case .notAllowed: .notAllowed(provider: provider, reason: reason)
        case .misconfigured: .misconfigured(provider: provider, reason: reason)
        case .exhausted: .exhausted(provider: provider, reason: reason)
        case .untrusted: .untrusted(provider: provider, reason: reason)
        case .busy: .rateLimited(provider: provider, retryAfterSeconds: retryAfterSeconds)
        case .unreachable, .down: .unavailable(provider: provider, reason: reason)
        case .content, .bounced, .suppressed, .notYet, .unknown:
            .unreadable(provider: provider, reason: reason)
        }
    }
}

/// Why a message is not submitted at all, in words: the provider would refuse it.
struct MessageFault: Error {
    var reason: String

    init(_ reason: String) {
        self.reason = reason
    }

    init?(bytes: Int, limits: MessageLimits) {
        guard bytes > limits.bytesMax else { return nil }
        reason = "the message takes \(bytes) bytes; \(limits.provider) takes \(limits.bytesMax)"
    }
}
