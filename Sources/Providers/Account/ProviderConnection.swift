import Dispatching
import FoundationEssentials
import Invoicing
import Transport

/// What every provider needs to speak over HTTP: where to, and the two ways of asking.
struct ProviderConnection {
    /// Without a slash at its end.
    let baseURL: String
    /// Sends; its exchanges are many and never repeated.
    let sender: MessageSender
    /// Reads, looks up and lifts, with patience.
    let reader: RetryingReader
    let now: () -> Date

    /// Throws where the base URL or a key could never be used.
    init(
        _ account: ProviderAccount, provider: String, hosts: [ProviderAccount.Region: String],
        refusal: @escaping (HTTPResponse, Date) -> Refusal, now: @escaping () -> Date,
        pause: @escaping (Int) -> Void
    ) throws(AccountError) {
        guard let base = account.baseURL ?? hosts[account.region] else {
            throw AccountError(
                setting: "region", reason: "\(provider) has no servers in \(account.region)")
        }
        baseURL = String(base.reversed().drop { $0 == "/" }.reversed())
        if let refusal = HTTPClient.refusal(of: baseURL) {
            throw AccountError(setting: "base_url", reason: refusal.reason)
        }
        self.now = now
        var transport = HTTPClientOptions(
            concurrency: account.concurrency,
            connectTimeoutSeconds: account.connectTimeoutSeconds,
            timeoutSeconds: account.submitTimeoutSeconds, authorityFile: account.authorityFile)
        sender = MessageSender(
            client: HTTPClient(transport, secondsSinceStop: account.secondsSinceStop))
        transport.timeoutSeconds = account.readTimeoutSeconds
        reader = RetryingReader(
            provider: provider,
            client: HTTPClient(transport, secondsSinceStop: account.secondsSinceStop),
            refusal: { refusal($0, now()) }, isStopping: { account.secondsSinceStop() != nil },
            pause: pause)
    }
}
