import Foundation
import Invoicing
import Providers
import Testing

/// The providers that the suite holds to one behaviour, and where they may differ.
enum Face: String, CaseIterable, CustomTestStringConvertible {
    case sendgrid, postmark, mailgun

    var testDescription: String { rawValue }

    func open(
        _ account: ProviderAccount, now: @escaping () -> Date, pause: @escaping (Int) -> Void
    ) throws -> any MailProvider {
        switch self {
        case .sendgrid: try SendGridProvider(account, now: now, pause: pause)
        case .postmark: try PostmarkProvider(account, now: now, pause: pause)
        case .mailgun: try MailgunProvider(account, now: now, pause: pause)
        }
    }

    /// The list that an unknown user is put on.
    var hardList: String { self == .postmark ? "outbound" : "bounces" }

    /// The list that a complaint puts its sender on.
    var complaintList: String {
        switch self {
        case .sendgrid: "spam_reports"
        case .postmark: "outbound"
        case .mailgun: "complaints"
        }
    }

    /// Whether an address that stands on a list is refused when the message is submitted.
    var refusesSuppressed: Bool { self == .postmark }

    /// Whether a complaint can be lifted.
    var liftsComplaints: Bool { self != .postmark }

    /// Whether rows are read by their number, so that they can shift between two pages.
    var hasNumberedRows: Bool { self != .mailgun }

    /// The source that tells of a bounce.
    var bounceSource: String {
        switch self {
        case .sendgrid, .postmark: "bounces"
        case .mailgun: "events"
        }
    }
}
