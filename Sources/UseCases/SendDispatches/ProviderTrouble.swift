import Dispatching
import FoundationEssentials
package import Runtime

/// Why the provider takes nothing from us now: what it says, and what to do about it.
package struct ProviderTrouble: ExitCoded {
    let provider: String
    let cause: Refusal.Cause
    let reason: String
    /// When it is tried again.
    let until: Date
    /// Whether all mail waits for it, and not only that of a tenant.
    let isOfAccount: Bool

    package var exit: BudstikkeExit {
        switch cause {
        case .unreachable, .down: .unavailable
        case .busy, .exhausted, .notYet: .tryAgain
        case .unauthorized, .notAllowed, .unknown, .content, .bounced, .suppressed: .refused
        case .misconfigured, .untrusted: .configuration
        }
    }

    package var description: String {
        "\(provider) \(verb): \(reason); \(advice)nothing was lost, and it is tried again at"
            + " \(Instant.short(until)), or at once by send-dispatches --now"
    }

    private var verb: String {
        switch cause {
        case .unreachable: "can't be reached"
        case .down: "is not available"
        case .busy, .notYet: "asks to wait"
        case .exhausted: "says that a limit of the account is used up"
        case .unauthorized: "refuses the key"
        case .notAllowed: "refuses the account or its sender"
        case .misconfigured: "does not know what is asked of it"
        case .untrusted: "is not spoken to"
        case .unknown, .content, .bounced, .suppressed: "says the same no to several messages"
        }
    }

    private var advice: String {
        switch cause {
        case .unauthorized: "check provider.api_key_file; "
        case .notAllowed: "see to it with the provider, and check mail.from_address; "
        case .misconfigured:
            "check provider.base_url, region, domain and stream; "
        case .untrusted: "check its address and provider.authority_file; "
        case .exhausted: "raise the limit with the provider, or wait; "
        case .unknown, .content, .bounced, .suppressed:
            "it is taken for the account's: see to it with the provider, and send what failed"
                + " before by budstikke resend --failed --reason refused; "
        case .unreachable, .down, .busy, .notYet: ""
        }
    }
}
