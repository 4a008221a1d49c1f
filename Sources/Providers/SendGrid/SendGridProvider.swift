package import FoundationEssentials
import Invoicing
package import Transport

/// SendGrid's v3 API, translated to ours.
///
/// What its contract leaves open is listed where it matters; nothing of it is guessed at run
/// time: what can't be read is in doubt, or an error.
/// Source: https://www.twilio.com/docs/sendgrid/api-reference
package final class SendGridProvider: MailProvider {
    package let name = "sendgrid"

    /// SendGrid's "30 MB", read the narrower way: in thousands.
    package let messageBytesMax = 30_000_000

    let options: SendGridOptions
    let now: () -> Date
    /// Sends; its exchanges are many and never repeated.
    let sender: HTTPClient
    /// Reads, looks up and lifts, one at a time, with patience.
    let reader: PatientReader

    /// Throws where the base URL or a key could never be used.
    ///
    /// `pause` waits between two tries to read; `now` dates what the provider says of times.
    package init(
        _ options: SendGridOptions,
        now: @escaping () -> Date = { Date.now },
        pause: @escaping (Int) -> Void = PatientReader.sleep
    ) throws(HTTPError) {
        if let refusal = HTTPClient.refusal(of: options.baseURL) { throw refusal }
        self.options = options
        self.now = now
        var transport = HTTPClientOptions(
            concurrency: options.concurrency,
            connectTimeoutSeconds: options.connectTimeoutSeconds,
            timeoutSeconds: options.submitTimeoutSeconds, authorityFile: options.authorityFile,
            proxyURL: options.proxyURL)
        sender = HTTPClient(transport)
        transport.concurrency = 1
        transport.timeoutSeconds = options.readTimeoutSeconds
        reader = PatientReader(
            provider: name, client: HTTPClient(transport), now: now, pause: pause)
    }
}
