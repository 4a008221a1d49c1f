import Bounces
package import Dispatching
package import FoundationEssentials
import Invoicing
import Transport
package import Wire

/// A mail relay and a bounce mailbox: for who sends by a server of their own, or one that has
/// nothing but SMTP.
///
/// The relay takes a message or says no at once; all that becomes of it later comes as mail to the
/// return path, which is our bounce mailbox and has a mark of its own for each dispatch. There is
/// no one to ask about a message and no list of blocks, which `lookUp` and `suppressions` say.
package final class SMTPRelayProvider: MailProvider {
    package let name = "smtp"

    let account: ProviderAccount
    let returnPath: ReturnPath
    let ownAddress: EmailAddress
    let client: SMTPClient
    let reader: IMAPClient
    let now: () -> Date
    let pause: (Int) -> Void

    /// Throws where the account lacks an address, or has one that is none.
    package init(
        _ account: ProviderAccount, now: @escaping () -> Date = { Date.now },
        pause: @escaping (Int) -> Void = RetryingReader.sleep
    ) throws(AccountError) {
        let relay = try Self.server(account.relayURL, .smtp, account, setting: "relay_url")
        let mailbox = try Self.server(account.mailboxURL, .imap, account, setting: "mailbox_url")
        guard let address = account.returnPath.flatMap(EmailAddress.init) else {
            throw AccountError(
                setting: "return_path", reason: "smtp needs the address that bounces come back to")
        }
        self.account = account
        ownAddress = address
        guard let markKey = account.markKey else {
            throw AccountError(
                setting: "return_path", reason: "smtp needs the key that signs its marks")
        }
        do throws(ReturnPath.Refusal) {
            returnPath = try ReturnPath(address, key: markKey)
        } catch {
            throw AccountError(setting: "return_path", reason: error.reason)
        }
        client = SMTPClient(
            MailLogin(
                server: relay, user: account.relayUser, password: account.sendKey.value,
                connectTimeoutSeconds: account.connectTimeoutSeconds,
                timeoutSeconds: account.submitTimeoutSeconds,
                authorityFile: account.authorityFile,
                secondsSinceStop: account.secondsSinceStop),
            concurrency: account.concurrency)
        reader = IMAPClient(
            MailLogin(
                server: mailbox, user: account.mailboxUser, password: account.reconcileKey.value,
                connectTimeoutSeconds: account.connectTimeoutSeconds,
                timeoutSeconds: account.readTimeoutSeconds,
                authorityFile: account.authorityFile,
                secondsSinceStop: account.secondsSinceStop))
        self.now = now
        self.pause = pause
    }

    private static func server(
        _ url: String?, _ service: MailServer.Service, _ account: ProviderAccount,
        setting: String
    ) throws(AccountError) -> MailServer {
        guard let url else {
            throw AccountError(setting: setting, reason: "smtp needs it, as \(service)s://host")
        }
        do throws(MailError) {
            return try MailServer(
                url, service, inTheClear: account.tls == .always ? .nobody : .loopback)
        } catch {
            throw AccountError(setting: setting, reason: error.reason)
        }
    }

    package var limits: MessageLimits { Self.limits(bytesMax: account.messageBytesMax) }

    /// There is nobody to ask: SMTP keeps no record that a client can read (RFC 1047).
    ///
    /// What the policy of the tenant says of such a doubt holds: parked for a person, or sent
    /// again under the same Message-ID. A bounce or receipt that comes meanwhile tells it too.
    package func lookUp(_ queries: [LookupQuery]) -> [Result<LookupAnswer, ProviderError>] {
        queries.map { _ in .success(.unsupported) }
    }

    /// A relay keeps no list; the only one there is, is our own.
    package func suppressions(of address: EmailAddress) throws -> [ListedSuppression] { [] }

    /// The list of those who complained is kept by us, so taking an address off it is all there is
    /// to do.
    package func lift(_ suppression: ListedSuppression) throws -> LiftAnswer {
        guard suppression.list == Self.complaints else {
            return .refused(reason: "smtp has no list \(cleaned(suppression.list))")
        }
        guard EmailAddress(suppression.address) != nil else {
            return .refused(reason: "the address on the list is no address")
        }
        return .lifted
    }

    static var complaints: String { ProviderEvent.ownComplaints }
    static var mailbox: String { BounceMail.source }
}
