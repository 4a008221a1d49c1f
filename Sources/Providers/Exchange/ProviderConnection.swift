import Dispatching
import FoundationEssentials
import Transport

/// What every provider needs to speak over HTTP: where to, by which keys, and the two ways of
/// asking.
struct ProviderConnection {
    /// Without a slash at its end.
    let baseURL: String
    /// Sends; its exchanges are many and never repeated.
    let sender: MessageSender
    /// Reads, looks up and lifts, with patience.
    let reader: RetryingReader
    let clock: ProviderClock
    private let sendKey: HTTPHeader
    private let reconcileKey: HTTPHeader

    /// A list of ten thousand rows fits; what is larger is no answer to our question.
    private static let answerBytesMax = 32 << 20

    /// Throws where the base URL or a key could never be used.
    ///
    /// `host` is the vendor's own server, and `header` the one that a key goes in.
    init<Provider: HTTPProvider>(
        of provider: Provider.Type, _ account: ProviderAccount, host: String,
        _ clock: ProviderClock, header: (Secret) -> HTTPHeader
    ) throws(AccountError) {
        let base = account.settings.baseURL ?? host
        baseURL = String(base.reversed().drop { $0 == "/" }.reversed())
        if let refusal = HTTPClient.refusal(of: baseURL) {
            throw AccountError(setting: "base_url", reason: refusal.reason)
        }
        let options = HTTPClientOptions(
            concurrency: account.settings.concurrency,
            timeoutSeconds: Double(account.settings.timeoutSeconds),
            authorityFile: account.settings.authorityFile)
        sender = MessageSender(client: HTTPClient(options, stop: clock.stop))
        reader = RetryingReader(
            provider: provider.vendor.rawValue, client: HTTPClient(options, stop: clock.stop),
            refusal: { provider.refusal(of: $0, now: clock.now()) }, clock: clock)
        self.clock = clock
        sendKey = header(account.sendKey)
        reconcileKey = header(account.reconcileKey)
    }

    /// The request that submits a message.
    func submission(
        _ path: String, _ body: [UInt8], contentType: String = "application/json"
    ) -> HTTPRequest {
        HTTPRequest(
            .post, baseURL + path,
            headers: [
                sendKey, HTTPHeader("Accept", "application/json"),
                HTTPHeader("Content-Type", contentType),
            ], body: body)
    }

    /// A request of the reader's.
    func request(
        _ method: HTTPRequest.Method, _ target: String, body: [UInt8]? = nil
    ) -> HTTPRequest {
        var headers = [reconcileKey, HTTPHeader("Accept", "application/json")]
        if body != nil { headers.append(HTTPHeader("Content-Type", "application/json")) }
        return HTTPRequest(
            method, baseURL + target, headers: headers, body: body,
            responseBytesMax: Self.answerBytesMax)
    }
}
