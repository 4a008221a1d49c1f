package import Dispatching
import Invoicing

/// The providers that can be configured: another one is a folder beside this and a line here.
package enum ProviderRegistry {
    /// A provider by its name, and how one of it is made.
    package struct Vendor: Sendable {
        /// Opens an account; throws where it could never be used.
        package let open: @Sendable (ProviderAccount) throws -> any MailProvider
        /// What it takes of a message, for who only measures: by the stream that mail goes by, and
        /// the size that the installation sets where the provider has none of its own.
        package let limits: @Sendable (_ stream: String?, _ messageBytesMax: Int) -> MessageLimits
    }

    /// By the name in configuration and in the database.
    package static let all: [String: Vendor] = [
        "sendgrid": Vendor(
            open: { try SendGridProvider($0) }, limits: { _, _ in SendGridMessage.limits }),
        "postmark": Vendor(
            open: { try PostmarkProvider($0) },
            limits: { stream, _ in PostmarkMessage.limits(stream: stream) }),
        "mailgun": Vendor(
            open: { try MailgunProvider($0) }, limits: { _, _ in MailgunMessage.limits }),
        "smtp": Vendor(
            open: { try SMTPRelayProvider($0) },
            limits: { _, bytesMax in SMTPRelayProvider.limits(bytesMax: bytesMax) }),
    ]
}
