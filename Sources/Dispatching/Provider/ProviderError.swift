/// Why a run can't go on with a provider.
package enum ProviderError: Error, Hashable {
    /// It can't be reached or answers with faults: exit 69.
    case unavailable(provider: String, reason: String)
    /// It refuses our key: exit 77.
    case unauthorized(provider: String, reason: String)
    /// It refuses the account or its sender, whatever the message, or all messages alike: exit 77.
    case notAllowed(provider: String, reason: String)
    /// What a setting names does not exist there: exit 78.
    case misconfigured(provider: String, reason: String)
    /// It can't prove who it is: exit 78.
    case untrusted(provider: String, reason: String)
    /// It asks us to wait: exit 75.
    case rateLimited(provider: String, retryAfterSeconds: Int?)
    /// A limit of the plan or the credit is used up: exit 75.
    case exhausted(provider: String, reason: String)
    /// It answered with something that is not its contract: exit 69, and the cursor stays.
    case unreadable(provider: String, reason: String)
}
