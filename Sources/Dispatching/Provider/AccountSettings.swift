/// What is configured of an account whoever's it is, but for its keys.
package struct AccountSettings: Sendable {
    /// A server instead of the provider's own: a loopback one, or a host that is new.
    package var baseURL: String?
    /// A PEM file of the authorities to trust instead of the system's.
    package var authorityFile: String?
    /// How many requests are made at once.
    package var concurrency = 16
    /// How long one request may take: a submission, a look-up, a page of a poll.
    package var timeoutSeconds = 30
    /// How long the account's plan keeps what it tells of messages; nil for the vendor's least.
    package var logsKeptSeconds: Int?

    package init() {}
}

/// How far back polls read, and how old what they are told must be.
package struct PollMargins: Sendable {
    /// How far back each poll of a list reads again.
    package var overlapSeconds = 3_600
    /// The same for logs whose times are when a message was made (SendGrid): a provider goes on
    /// trying for 72 hours, so what became of a message may change for as long.
    package var logsOverlapSeconds = 72 * 3_600
    /// How old what a provider tells must be before nothing more comes in before it (Mailgun,
    /// Postmark).
    package var settleSeconds = 1_800

    package init() {}
}

/// An account that can't be used as it is set up.
package struct AccountError: Error, Hashable {
    /// The setting that is at fault, as `domain`.
    package let setting: String
    /// What is wrong with it, in words for whoever set it.
    package let reason: String

    package init(setting: String, reason: String) {
        self.setting = setting
        self.reason = reason
    }
}

extension AccountError: CustomStringConvertible {
    package var description: String { "\(setting): \(reason)" }
}

/// A key or password: shown as dots wherever it is printed.
package struct Secret: Sendable {
    /// The value itself: for the wire and nothing else.
    package let value: String

    package init(_ value: String) {
        self.value = value
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
    /// `dump` and mirrors see nothing.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
