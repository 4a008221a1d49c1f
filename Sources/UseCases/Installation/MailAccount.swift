import Bounces
package import Dispatching
package import Postgres
import Providers
package import Runtime
import Store
package import Wire

/// The account at the e-mail provider, opened with the key that a program needs.
package enum MailAccount {
    /// What signs the marks of this installation's mails; an account is opened with it.
    package struct Marks: Sendable {
        let key: MarkKey

        package init(_ connection: Connection) throws {
            key = try MarkKey(MarkKeys(connection).key())
        }
    }

    /// For submitting, and for asking about what is in doubt.
    package static func sending(
        _ settings: Settings, _ marks: Marks, stop: any StopRequest
    ) throws -> any MailProvider {
        try open(
            settings, marks, stop, sendKey: settings.provider.sendingKey(),
            reconcileKey: settings.provider.lookUpKey())
    }

    /// For reading the provider's lists and taking addresses off them.
    package static func lifting(
        _ settings: Settings, _ marks: Marks, stop: any StopRequest
    ) throws -> any MailProvider {
        let key = try settings.provider.listKey()
        return try open(settings, marks, stop, sendKey: key, reconcileKey: key)
    }

    /// For polling.
    package static func reconciling(
        _ settings: Settings, _ marks: Marks, stop: any StopRequest
    ) throws -> any MailProvider {
        let key = try settings.provider.reconcilingKey()
        return try open(settings, marks, stop, sendKey: key, reconcileKey: key)
    }

    /// For reading again what is kept: nobody is asked, so that no key is needed, nor a stop.
    package static func reading(_ settings: Settings, _ marks: Marks) throws -> any MailProvider {
        try open(
            settings, marks, NeverStopped(), sendKey: Secret(""), reconcileKey: Secret(""))
    }

    /// What the provider takes of a message, for who only measures.
    package static func limits(_ settings: Settings) throws -> MessageLimits {
        try ProviderRegistry.limits(of: vendor(settings))
    }

    private static func vendor(_ settings: Settings) throws -> VendorSettings {
        do {
            return try settings.provider.vendor.get()
        } catch {
            throw ConfigurationError("provider.name: \(error)")
        }
    }

    private static func open(
        _ settings: Settings, _ marks: Marks, _ stop: any StopRequest, sendKey: Secret,
        reconcileKey: Secret
    ) throws -> any MailProvider {
        try settings.provider.checkAuthorityFile()
        let vendor = try vendor(settings)
        let account = ProviderAccount(
            settings.provider.account, margins: settings.reconcile.margins, sendKey: sendKey,
            reconcileKey: reconcileKey, markKey: marks.key)
        do {
            return try ProviderRegistry.open(vendor, account, ProviderClock(stop: stop))
        } catch {
            throw ConfigurationError("provider.\(error)")
        }
    }
}
