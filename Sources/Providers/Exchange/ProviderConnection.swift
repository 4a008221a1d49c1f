import Dispatching
package import FoundationEssentials
import Glibc
import Transport
package import Wire

/// What every HTTP provider needs: the base URL, the keys, and the two kinds of client.
struct ProviderConnection {
    /// Without a trailing slash.
    let baseURL: String
    /// Sends messages: many exchanges, never retried.
    let sender: MessageSender
    /// Reads, looks up and lifts, with retries.
    let reader: RetryingReader
    let clock: ProviderClock
    private let sendKey: HTTPHeader
    private let reconcileKey: HTTPHeader

    /// A list of ten thousand rows fits; anything larger can't be a valid answer.
    private static let answerBytesMax = 32 << 20

    /// Throws where the base URL or a key can't possibly be valid.
    ///
    /// `host` is the vendor's own server, and `header` the one that carries a key.
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

    /// Which of the account's keys a request brings.
    enum Key {
        case sending, reading
    }

    /// A request made by the reader.
    func request(
        _ method: HTTPRequest.Method, _ target: String, body: [UInt8]? = nil, key: Key = .reading
    ) -> HTTPRequest {
        var headers = [
            key == .sending ? sendKey : reconcileKey, HTTPHeader("Accept", "application/json"),
        ]
        if body != nil { headers.append(HTTPHeader("Content-Type", "application/json")) }
        return HTTPRequest(
            method, baseURL + target, headers: headers, body: body,
            responseBytesMax: Self.answerBytesMax)
    }
}

/// Time for a provider: the current instant, a way to wait, and the request to stop.
package struct ProviderClock {
    let stop: any StopRequest
    /// Relative times in a provider's answers count from this.
    let now: () -> Date
    /// Waits this many seconds between two attempts to read.
    let pause: (Int) -> Void

    /// The system's time and waiting, unless others are given.
    package init(
        stop: any StopRequest, now: @escaping () -> Date = { Date.now },
        pause: @escaping (Int) -> Void = Self.sleep
    ) {
        self.stop = stop
        self.now = now
        self.pause = pause
    }

    var isStopping: Bool { stop.secondsSinceRequest != nil }

    /// Waits; a signal ends the wait early.
    package static func sleep(seconds: Int) {
        _ = Glibc.sleep(UInt32(clamping: seconds))
    }
}
