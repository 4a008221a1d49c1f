import Dispatching
import Foundation
import Invoicing
import Providers
import Testing

/// The providers that the suite holds to one behaviour, and where they may differ.
///
/// A line of the suite that a protocol can't have has another in its place, which says what holds
/// instead: nothing is passed over in silence.
enum ProviderCase: String, CaseIterable, CustomTestStringConvertible {
    case sendgrid, postmark, mailgun, smtp

    var testDescription: String { rawValue }

    func open(
        _ account: ProviderAccount, now: @escaping () -> Date, pause: @escaping (Int) -> Void
    ) throws -> any MailProvider {
        switch self {
        case .sendgrid: try SendGridProvider(account, now: now, pause: pause)
        case .postmark: try PostmarkProvider(account, now: now, pause: pause)
        case .mailgun: try MailgunProvider(account, now: now, pause: pause)
        case .smtp: try SMTPRelayProvider(account, now: now, pause: pause)
        }
    }

    /// Whether there is somebody to ask by our own id what became of a submission; SMTP keeps no
    /// record that a client can read.
    var hasLookUp: Bool { self != .smtp }

    /// Whether the provider keeps lists of whom it does not send to.
    var hasLists: Bool { self != .smtp }

    /// Whether it is the server that refuses a mail without content, by a status of 4xx; a relay
    /// takes any, so that we refuse it ourselves.
    var refusesEmptyMailThere: Bool { self != .smtp }

    /// Whether too many requests are answered with how long to wait.
    var saysHowLong: Bool { self != .postmark && self != .smtp }

    /// The list that an unknown user is put on.
    var hardList: String { self == .postmark ? "outbound" : "bounces" }

    /// The list that a complaint puts its sender on.
    var complaintList: String {
        switch self {
        case .sendgrid: "spam_reports"
        case .postmark: "outbound"
        case .mailgun, .smtp: "complaints"
        }
    }

    /// Whether an address that stands on a list is refused when the message is submitted.
    var refusesSuppressed: Bool { self == .postmark }

    /// Whether a complaint can be lifted.
    var liftsComplaints: Bool { self != .postmark }

    /// Whether rows are read by their number, so that they can shift between two pages.
    var hasNumberedRows: Bool { self == .sendgrid || self == .postmark }

    /// The source that tells of a bounce.
    var bounceSource: String {
        switch self {
        case .sendgrid, .postmark: "bounces"
        case .mailgun: "events"
        case .smtp: "mailbox"
        }
    }
}
