import Bounces
import Invoicing

/// The suppression lists of SendGrid's that are polled.
///
/// Blocks are rejections for other reasons than the address: SendGrid lists them, but goes on
/// sending. The other three it enforces.
enum SendGridList: String, CaseIterable {
    case blocks
    case bounces
    case invalidEmails = "invalid_emails"
    case spamReports = "spam_reports"

    var eventKind: EventKind {
        self == .spamReports ? .complained : .bounced
    }

    var isEnforced: Bool {
        self != .blocks
    }

    var path: String { "/v3/suppression/\(rawValue)" }
}
