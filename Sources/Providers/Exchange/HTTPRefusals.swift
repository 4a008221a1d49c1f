import Dispatching
import FoundationEssentials
import Invoicing
import Transport

/// An answer that says no, as a vendor's answer reads.
struct HTTPNo {
    /// The vendor's own number, or the status where it has none.
    var code: Int
    /// All that it says, for the table.
    var words: String
    /// The same on one line, for people.
    var line: String
    /// Whether the vendor wrote it, and not a firewall or a proxy on the way.
    var isVendors: Bool
}

enum HTTPRefusals {
    /// What a status means whoever wrote it.
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

    /// What an answer from 400 to 499 means: by the vendor's table where the vendor wrote it, then
    /// by what its status means anywhere; what neither knows is not known.
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
    /// What keeps a run from going on, where it is not one message that was refused.
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
