package import Bounces
package import Dispatching

/// The providers that can be configured; a new one is a folder beside this and a line in each of
/// the two functions.
package enum ProviderRegistry {
    /// Opens an account; throws `AccountError` where it can't possibly be valid.
    package static func open(
        _ vendor: VendorSettings, _ account: ProviderAccount, _ clock: ProviderClock
    ) throws(AccountError) -> any MailProvider {
        switch vendor {
        case .sendgrid(let region):
            try SendGridProvider(region: region, account, clock)
        case .postmark(let region, let stream):
            try PostmarkProvider(region: region, stream: stream, account, clock)
        case .mailgun(let region, let domain):
            try MailgunProvider(region: region, domain: domain.get(), account, clock)
        case .smtp(let relay, let messageBytesMax):
            try SMTPRelayProvider(relay.get(), messageBytesMax: messageBytesMax, account, clock)
        }
    }

    /// The vendor's limits for a message, for callers that only measure.
    package static func limits(of vendor: VendorSettings) -> MessageLimits {
        switch vendor {
        case .sendgrid: SendGridMessage.limits
        case .postmark(_, let stream): PostmarkMessage.limits(stream: stream)
        case .mailgun: MailgunMessage.limits
        case .smtp(_, let messageBytesMax): SMTPRelayProvider.limits(bytesMax: messageBytesMax)
        }
    }
}

/// An account at a provider, with its settings and keys; the keys are never shown.
package struct ProviderAccount: Sendable {
    package var settings: AccountSettings
    /// How much a poll reads again, and how close to the present it stops.
    package var margins: PollMargins
    /// The key used for sending.
    ///
    /// It may be the same as `reconcileKey`. Two separate keys are better: the one that sends then
    /// can't read or lift, and the other can't send.
    package var sendKey: Secret
    /// The key used for looking up, polling and lifting.
    package var reconcileKey: Secret
    /// The key that signs the marks in return paths, so that nobody else can forge one (SMTP).
    package var markKey: MarkKey

    package init(
        _ settings: AccountSettings, margins: PollMargins, sendKey: Secret, reconcileKey: Secret,
        markKey: MarkKey
    ) {
        self.settings = settings
        self.margins = margins
        self.sendKey = sendKey
        self.reconcileKey = reconcileKey
        self.markKey = markKey
    }
}
