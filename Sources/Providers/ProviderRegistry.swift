package import Dispatching
import Invoicing

/// The providers that can be configured: another one is a folder beside this and a line here.
package enum ProviderRegistry {
    package typealias Opening = @Sendable (ProviderAccount) throws -> any MailProvider

    /// By the name in configuration and in the database.
    package static let all: [String: Opening] = [
        "sendgrid": { try SendGridProvider($0) },
        "postmark": { try PostmarkProvider($0) },
        "mailgun": { try MailgunProvider($0) },
        "smtp": { try SMTPRelayProvider($0) },
    ]
}
