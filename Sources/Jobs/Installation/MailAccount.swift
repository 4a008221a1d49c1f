package import Invoicing
import Providers
package import Runtime

/// The account at the e-mail provider, opened with the key that a program needs.
///
/// A further provider is one folder in Providers and one case here.
package enum MailAccount {
    /// For submitting, and for asking about what is in doubt.
    package static func sending(_ settings: Settings) throws -> any MailProvider {
        try open(
            settings, sendKey: settings.provider.sendingKey(),
            reconcileKey: settings.provider.reconcilingKey())
    }

    /// For polling and lifting.
    package static func reconciling(_ settings: Settings) throws -> any MailProvider {
        let key = try settings.provider.reconcilingKey()
        return try open(settings, sendKey: key, reconcileKey: key)
    }

    /// For sizes and limits only: it has no key, and is never spoken to.
    package static func measuring(_ settings: Settings) throws -> any MailProvider {
        try open(settings, sendKey: Runtime.Secret(""), reconcileKey: Runtime.Secret(""))
    }

    private static func open(
        _ settings: Settings, sendKey: Runtime.Secret, reconcileKey: Runtime.Secret
    ) throws -> any MailProvider {
        switch settings.provider.name {
        case "sendgrid":
            var options = SendGridOptions(
                baseURL: settings.provider.baseURL, sendKey: sendKey.value,
                reconcileKey: reconcileKey.value)
            options.concurrency = settings.provider.concurrency
            options.submitTimeoutSeconds = Double(settings.provider.timeoutSeconds)
            options.readTimeoutSeconds = Double(settings.provider.timeoutSeconds)
            options.listOverlapSeconds = settings.reconcile.overlapSeconds
            options.logsOverlapSeconds = settings.reconcile.logsOverlapSeconds
            return try SendGridProvider(options)
        default:
            throw ConfigurationError("provider.name: there is no '\(settings.provider.name)'")
        }
    }
}
