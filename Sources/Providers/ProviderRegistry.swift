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
