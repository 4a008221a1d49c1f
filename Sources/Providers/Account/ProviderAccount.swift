import Dispatching
import FoundationEssentials
import Invoicing
import Transport
package import Bounces
package import Wire

/// An account at a provider and how it is spoken to; its keys are never shown.
///
/// It is the same for all providers, so that another one is a folder and a line: what one does
/// not know of, as the stream, it leaves alone.
package struct ProviderAccount: Sendable {
    /// Where the provider's servers stand; an account lives in one place.
    package enum Region: String, CaseIterable, Sendable {
        case us, eu
    }

    /// Where TLS is demanded of a relay and a mailbox whose addresses are `smtp` and `imap`.
    package enum TLS: String, CaseIterable, Sendable {
        case beyondThisMachine = "beyond_this_machine"
        case always
    }

    /// A server instead of the provider's own: a loopback one, or a host that is new.
    package var baseURL: String?
    package var region = Region.us
    /// The key that sends, and the one that looks up, polls and lifts.
    ///
    /// They may be one and the same. Two are better: the one that sends then can't read or
    /// lift, and the other can't send.
    package var sendKey: AccountKey
    package var reconcileKey: AccountKey
    /// The sending domain, where the provider keeps accounts by domain (Mailgun).
    package var domain: String?
    /// The message stream, where the provider has such (Postmark).
    package var stream: String?
    /// The relay, as `smtp://relay.example:587`, and whom we log in as there (SMTP).
    ///
    /// The key that sends is that user's password; the other one is the mailbox user's.
    package var relayURL: String?
    package var relayUser: String?
    /// The address that bounces come back to, and the mailbox that they lie in, as
    /// `imaps://mail.example/INBOX` (SMTP).
    package var returnPath: String?
    package var mailboxURL: String?
    package var mailboxUser: String?
    /// What signs the marks in return paths, so that nobody else can make one up (SMTP).
    package var markKey: MarkKey?
    /// Whether STARTTLS is demanded of a server on this machine too (SMTP).
    package var tls = TLS.beyondThisMachine
    /// The largest message that the relay takes (SMTP); Postfix's own limit.
    package var messageBytesMax = 10_240_000
    /// How many messages are submitted at once.
    package var concurrency = 16
    package var connectTimeoutSeconds = 10.0
    /// For one submission: a document of 30 MB on a slow line needs its time.
    package var submitTimeoutSeconds = 60.0
    /// For one look-up or page of a poll.
    package var readTimeoutSeconds = 60.0
    /// How far back each poll of a list reads again.
    package var listOverlapSeconds = 3600
    /// The same for logs whose times are when a message was made (SendGrid): a provider goes on
    /// trying for 72 hours, so what became of a message may change for as long.
    package var logsOverlapSeconds = 72 * 3600
    /// How old what a provider tells must be before nothing more comes in before it (Mailgun,
    /// Postmark).
    package var settleSeconds = 1800
    /// How long the plan keeps what a look-up asks for; nil for the least that the provider sells.
    package var logsKeptSeconds: Int?
    /// A PEM file of authorities to trust instead of the system's.
    package var authorityFile: String?
    /// What is asked of the provider ends soon after it.
    package var stop: any StopRequest = NeverStopped()

    package init(sendKey: String, reconcileKey: String) {
        self.sendKey = AccountKey(sendKey)
        self.reconcileKey = AccountKey(reconcileKey)
    }
}

/// A key to an account, which no description and no dump ever shows.
package struct AccountKey: Sendable {
    let value: String

    package init(_ value: String) {
        self.value = value
    }
}

extension AccountKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "•••" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}

/// An account that can't be used as it is set up.
package struct AccountError: Error, Hashable {
    /// The setting that is at fault, as `domain`.
    package let setting: String
    /// What is wrong with it, in words for whoever set it.
    package let reason: String
}

extension AccountError: CustomStringConvertible {
    package var description: String { "\(setting): \(reason)" }
}

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
            client: HTTPClient(transport, stop: account.stop))
        transport.timeoutSeconds = account.readTimeoutSeconds
        reader = RetryingReader(
            provider: provider,
            client: HTTPClient(transport, stop: account.stop),
            refusal: { refusal($0, now()) }, stop: account.stop,
            pause: pause)
    }
}
