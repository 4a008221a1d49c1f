import Bounces
package import Dispatching
import Invoicing
package import Postgres
import Providers
package import Runtime
import Store

/// The account at the e-mail provider, opened with the key that a program needs.
///
/// Which providers there are, `ProviderRegistry` says.
package enum MailAccount {
    /// What signs the marks of this installation's mails; an account is opened with it.
    package struct Marks: Sendable {
        let key: [UInt8]

        package init(_ connection: Connection) throws {
            key = try MarkKeys(connection).key()
        }
    }

    /// For submitting, and for asking about what is in doubt.
    package static func sending(_ settings: Settings, _ marks: Marks) throws -> any MailProvider {
        try open(
            settings, marks, sendKey: settings.provider.sendingKey(),
            reconcileKey: settings.provider.lookUpKey())
    }

    /// For reading the provider's lists and taking addresses off them.
    package static func lifting(_ settings: Settings, _ marks: Marks) throws -> any MailProvider {
        let key = try settings.provider.listKey()
        return try open(settings, marks, sendKey: key, reconcileKey: key)
    }

    /// For polling.
    package static func reconciling(
        _ settings: Settings, _ marks: Marks
    ) throws -> any MailProvider {
        let key = try settings.provider.reconcilingKey()
        return try open(settings, marks, sendKey: key, reconcileKey: key)
    }

    /// For reading again what is kept: nobody is asked, so that no key is needed.
    package static func reading(_ settings: Settings, _ marks: Marks) throws -> any MailProvider {
        try open(settings, marks, sendKey: Runtime.Secret(""), reconcileKey: Runtime.Secret(""))
    }

    /// What the provider takes of a message, for who only measures.
    package static func limits(_ settings: Settings) throws -> MessageLimits {
        try vendor(settings).limits(settings.provider.stream, settings.provider.messageBytesMax)
    }

    private static func vendor(_ settings: Settings) throws -> ProviderRegistry.Vendor {
        if let vendor = ProviderRegistry.all[settings.provider.name] { return vendor }
        let names = ProviderRegistry.all.keys.sorted().joined(separator: ", ")
        throw ConfigurationError(
            "provider.name: '\(settings.provider.name)' is not one of \(names)")
    }

    private static func open(
        _ settings: Settings, _ marks: Marks, sendKey: Runtime.Secret,
        reconcileKey: Runtime.Secret
    ) throws -> any MailProvider {
        let provider = settings.provider
        var account = ProviderAccount(
            sendKey: sendKey.value, reconcileKey: reconcileKey.value)
        account.baseURL = provider.baseURL
        account.region = ProviderAccount.Region(rawValue: provider.region) ?? account.region
        account.domain = provider.domain
        account.stream = provider.stream
        account.relayURL = provider.relayURL
        account.relayUser = provider.relayUser
        account.returnPath = provider.returnPath
        account.markKey = MarkKey(marks.key)
        account.mailboxURL = provider.mailboxURL
        account.mailboxUser = provider.mailboxUser
        account.tls = ProviderAccount.TLS(rawValue: provider.tls) ?? account.tls
        account.authorityFile = try provider.checkedAuthorityFile()
        account.messageBytesMax = provider.messageBytesMax
        account.concurrency = provider.concurrency
        account.logsKeptSeconds = provider.logsKeptSeconds
        account.submitTimeoutSeconds = Double(provider.timeoutSeconds)
        account.readTimeoutSeconds = Double(provider.timeoutSeconds)
        account.listOverlapSeconds = settings.reconcile.overlapSeconds
        account.logsOverlapSeconds = settings.reconcile.logsOverlapSeconds
        account.settleSeconds = settings.reconcile.settleSeconds
        account.stop = StopSignal()
        do {
            return try vendor(settings).open(account)
        } catch let error as AccountError {
            throw ConfigurationError("provider.\(error)")
        }
    }
}
