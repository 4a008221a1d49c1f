import Bounces
package import Dispatching
package import Postgres
import Providers
package import Runtime
import Store
package import Wire

/// The account at the e-mail provider, opened with the key that a program needs.
package enum MailAccount {
    /// The key for the marks in return paths of this installation, needed to open an account.
    package struct Marks: Sendable {
        let key: MarkKey

        /// Stands in where no mark is made or read.
        fileprivate static let none = Marks(key: .measuring)

        private init(key: MarkKey) {
            self.key = key
        }

        /// Reads the key from the database.
        package init(_ connection: Connection) throws {
            key = try MarkKey(MarkKeys(connection).key())
        }
    }

    /// For submitting, and for looking up submissions in doubt.
    package static func sending(
        _ settings: Settings, _ marks: Marks, stop: any StopRequest
    ) throws -> any MailProvider {
        try open(
            settings, marks, stop, sendKey: settings.provider.sendingKey(),
            reconcileKey: settings.provider.lookUpKey())
    }

    /// For reading the provider's lists and removing addresses from them.
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

    /// For asking whether the account works; no mark is made or read, so it needs no database.
    package static func examining(
        _ settings: Settings, stop: any StopRequest
    ) throws -> any MailProvider {
        try open(
            settings, .none, stop, sendKey: settings.provider.sendingKey(),
            reconcileKey: settings.provider.reconcilingKey())
    }

    /// For parsing stored reports again: nothing is requested, so it needs neither key nor stop.
    package static func reading(_ settings: Settings, _ marks: Marks) throws -> any MailProvider {
        try open(
            settings, marks, NeverStopped(), sendKey: Secret(""), reconcileKey: Secret(""))
    }

    /// The provider's limits for a message, for callers that only measure.
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
