package import Dispatching
package import FoundationEssentials
import Invoicing
import Transport

/// SendGrid's v3 API, translated to ours.
///
/// What its contract leaves open is listed where it matters; nothing of it is guessed at run
/// time: what can't be read is in doubt, or an error. An account in the EU is an EU subuser.
/// Source: https://www.twilio.com/docs/sendgrid/api-reference
package final class SendGridProvider: MailProvider {
    package let name = "sendgrid"

    package var limits: MessageLimits { SendGridMessage.limits }

    let account: ProviderAccount
    let connection: ProviderConnection
    /// Two keys: one with the scope `mail.send`, one with those to read logs and to read and
    /// delete suppressions.
    let sendAuthorization: HTTPHeader
    let reconcileAuthorization: HTTPHeader

    /// Throws where the account could never be used.
    ///
    /// `pause` waits between two tries to read; `now` dates what the provider says of times.
    package init(
        _ account: ProviderAccount,
        now: @escaping () -> Date = { Date.now },
        pause: @escaping (Int) -> Void = RetryingReader.sleep
    ) throws(AccountError) {
        self.account = account
        sendAuthorization = HTTPHeader(
            "Authorization", secret: "Bearer \(account.sendKey.value)")
        reconcileAuthorization = HTTPHeader(
            "Authorization", secret: "Bearer \(account.reconcileKey.value)")
        connection = try ProviderConnection(
            account, provider: name,
            hosts: [.us: "https://api.sendgrid.com", .eu: "https://api.eu.sendgrid.com"],
            refusal: SendGridRefusals.refusal, now: now, pause: pause)
    }
}
