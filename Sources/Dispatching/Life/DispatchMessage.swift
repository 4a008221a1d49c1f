package import Bounces
import Invoicing
import Wire

/// The texts for the column Message of the dispatch list: the industry's wording, in English
/// whatever the user's language; a plain explanation is shown beside it.
package enum DispatchMessage {
    /// The limit for a server's text: some send whole pages.
    package static let serverTextCharactersMax = 500

    /// `Email was blocked`, `Message was bounced with reason: …` or `Hard-bounce: User unknown`;
    /// nil for what is not a bounce.
    package static func text(
        _ bounceClass: BounceClass, _ reason: BounceReason, serverText: String
    ) -> String? {
        switch bounceClass {
        case .blocked: blocked
        case .soft:
            "Message was bounced with reason: \(shortened(serverText) ?? phrase(reason))"
        case .hard: "Hard-bounce: \(phrase(reason))"
        case .other: nil
        }
    }

    /// Also the message of a dispatch that was not attempted, since its recipient is on a
    /// suppression list.
    package static let blocked = "Email was blocked"

    /// Appended to the message of a bounce that followed the acceptance by the recipient's server.
    package static let afterDelivery = " (after it was delivered)"

    /// Appended where the message was forwarded to another address, and did not arrive there.
    package static let forwardFailed = "a forward to another address failed"

    /// On one line, without control characters; nil where nothing is left.
    private static func shortened(_ text: String) -> String? {
        let line = text.replacing(\.isControl, with: " ").onOneLine
        guard line.count > serverTextCharactersMax else { return line.isEmpty ? nil : line }
        return line.prefix(serverTextCharactersMax) + "…"
    }

    /// A few words for each reason, as servers put it.
    private static func phrase(_ reason: BounceReason) -> String {
        switch reason {
        case .userUnknown: "User unknown"
        case .invalidAddress: "Invalid address"
        case .addressMoved: "Address has moved"
        case .domainUnknown: "Domain unknown"
        case .domainNoMail: "Domain does not accept mail"
        case .mailboxDisabled: "Mailbox disabled"
        case .mailboxFull: "Mailbox full"
        case .systemFull: "Mail system full"
        case .messageTooBig: "Message too big"
        case .rateLimited: "Rate limited"
        case .greylisted: "Greylisted"
        case .tooManyConnections: "Too many connections"
        case .serverError: "Server error"
        case .networkError: "Network error"
        case .dnsTemporary: "Temporary DNS error"
        case .expired: "Delivery time expired"
        case .mailerError: "Mailer error"
        case .protocolError: "Protocol error"
        case .complaint: "Marked as spam by the recipient"
        case .suppressed: "Recipient is suppressed"
        case .recipientFilter: "Refused by the recipient"
        case .ipBlocked: "IP address blocked"
        case .badReputation: "Bad reputation"
        case .geoBlocked: "Blocked by country"
        case .spamContent: "Content looks like spam"
        case .virus: "Virus found"
        case .contentError: "Content refused"
        case .badFormat: "Bad message format"
        case .authFailure: "Authentication failed (SPF, DKIM or DMARC)"
        case .missingPTR: "Missing reverse DNS"
        case .tlsRequired: "TLS required"
        case .security: "Security policy"
        case .policy: "Refused by policy"
        case .senderRejected: "Sender refused"
        case .relayDenied: "Relaying denied"
        case .undetermined: "Unknown reason"
        case .vacation: "Automatic reply"
        case .delivered: "Delivered"
        case .challenge: "Challenge from the recipient"
        }
    }
}
