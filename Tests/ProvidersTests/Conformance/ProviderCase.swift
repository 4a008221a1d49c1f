import Dispatching

/// The providers that the suite holds to one behaviour, and where they may differ: for each line
/// the compiler asks of another one.
///
/// A line of the suite that a protocol can't have has another in its place, which says what holds
/// instead: nothing is passed over in silence.
typealias ProviderCase = ProviderName

extension ProviderCase {
    /// Whether there is somebody to ask by our own id what became of a submission; SMTP keeps no
    /// record that a client can read.
    var hasLookUp: Bool {
        switch self {
        case .sendgrid, .postmark, .mailgun: true
        case .smtp: false
        }
    }

    /// Whether the provider keeps lists of whom it does not send to.
    var hasLists: Bool {
        switch self {
        case .sendgrid, .postmark, .mailgun: true
        case .smtp: false
        }
    }

    /// Whether it is the server that refuses a mail without content, by a status of 4xx; a relay
    /// takes any, so that we refuse it ourselves.
    var refusesEmptyMailThere: Bool {
        switch self {
        case .sendgrid, .postmark, .mailgun: true
        case .smtp: false
        }
    }

    /// Whether too many requests are answered with how long to wait.
    var saysHowLong: Bool {
        switch self {
        case .sendgrid, .mailgun: true
        case .postmark, .smtp: false
        }
    }

    /// Whether a poll reads the provider's lists too, or its events alone.
    var pollsLists: Bool {
        switch self {
        case .sendgrid, .postmark, .smtp: true
        case .mailgun: false
        }
    }

    /// How many days the least plan keeps what the provider tells of messages.
    var leastLogDays: Double {
        switch self {
        case .sendgrid: 30
        case .postmark: 7
        case .mailgun, .smtp: 1
        }
    }

    /// The list that an unknown user is put on.
    var hardList: String {
        switch self {
        case .sendgrid, .mailgun, .smtp: "bounces"
        case .postmark: "outbound"
        }
    }

    /// The list that a complaint puts its sender on.
    var complaintList: String {
        switch self {
        case .sendgrid: "spam_reports"
        case .postmark: "outbound"
        case .mailgun, .smtp: "complaints"
        }
    }

    /// Whether an address that stands on a list is refused when the message is submitted.
    var refusesSuppressed: Bool {
        switch self {
        case .postmark: true
        case .sendgrid, .mailgun, .smtp: false
        }
    }

    /// Whether a complaint can be lifted.
    var liftsComplaints: Bool {
        switch self {
        case .sendgrid, .mailgun, .smtp: true
        case .postmark: false
        }
    }

    /// Whether rows are read by their number, so that they can shift between two pages.
    var hasNumberedRows: Bool {
        switch self {
        case .sendgrid, .postmark: true
        case .mailgun, .smtp: false
        }
    }

    /// The source that tells of a bounce.
    var bounceSource: String {
        switch self {
        case .sendgrid, .postmark: "bounces"
        case .mailgun: "events"
        case .smtp: "mailbox"
        }
    }
}
