import Testing

@testable import Bounces

/// A code of IANA's "SMTP Enhanced Status Codes" registry, and what it is without any words.
///
/// Each beside the reply that its RFC gives it, or the plain 450 and 550.
struct RegistryCode: CustomTestStringConvertible {
    var detail: String
    /// As the registry calls it.
    var name: String
    var passing: (reply: Int, reason: BounceReason)
    var final: (reply: Int, reason: BounceReason)

    init(
        _ detail: String, _ name: String, _ passingReason: BounceReason,
        _ finalReason: BounceReason,
        replies: (Int, Int) = (450, 550)
    ) {
        self.detail = detail
        self.name = name
        passing = (replies.0, passingReason)
        final = (replies.1, finalReason)
    }

    var testDescription: String { "x.\(detail) \(name)" }

    static let all = addresses + mailboxes + systems + routes + protocols + contents + policies

    private static let addresses = [
        RegistryCode("0.0", "Other undefined Status", .serverError, .userUnknown),
        RegistryCode("1.0", "Other address status", .serverError, .userUnknown),
        RegistryCode("1.1", "Bad destination mailbox address", .serverError, .userUnknown),
        RegistryCode("1.2", "Bad destination system address", .dnsTemporary, .domainUnknown),
        RegistryCode(
            "1.3", "Bad destination mailbox address syntax", .serverError, .invalidAddress),
        RegistryCode("1.4", "Destination mailbox address ambiguous", .serverError, .invalidAddress),
        RegistryCode("1.5", "Destination address valid", .undetermined, .undetermined),
        RegistryCode(
            "1.6", "Destination mailbox has moved, No forwarding address", .serverError,
            .addressMoved),
        RegistryCode(
            "1.7", "Bad sender's mailbox address syntax", .senderRejected, .senderRejected),
        RegistryCode("1.8", "Bad sender's system address", .senderRejected, .senderRejected),
        RegistryCode(
            "1.9", "Message relayed to non-compliant mailer", .undetermined, .undetermined),
        RegistryCode(
            "1.10", "Recipient address has null MX", .domainNoMail, .domainNoMail,
            replies: (450, 556)),
    ]

    private static let mailboxes = [
        RegistryCode("2.0", "Other or undefined mailbox status", .serverError, .undetermined),
        RegistryCode(
            "2.1", "Mailbox disabled, not accepting messages", .mailboxDisabled, .mailboxDisabled),
        RegistryCode("2.2", "Mailbox full", .mailboxFull, .mailboxFull, replies: (452, 552)),
        RegistryCode(
            "2.3", "Message length exceeds administrative limit", .messageTooBig, .messageTooBig,
            replies: (452, 552)),
        RegistryCode("2.4", "Mailing list expansion problem", .serverError, .serverError),
    ]

    private static let systems = [
        RegistryCode("3.0", "Other or undefined mail system status", .serverError, .serverError),
        RegistryCode("3.1", "Mail system full", .systemFull, .systemFull, replies: (452, 552)),
        RegistryCode(
            "3.2", "System not accepting network messages", .serverError, .domainNoMail,
            replies: (453, 521)),
        RegistryCode(
            "3.3", "System not capable of selected features", .protocolError, .protocolError),
        RegistryCode(
            "3.4", "Message too big for system", .messageTooBig, .messageTooBig,
            replies: (452, 552)),
        RegistryCode("3.5", "System incorrectly configured", .serverError, .serverError),
        RegistryCode("3.6", "Requested priority was changed", .serverError, .serverError),
    ]

    private static let routes = [
        RegistryCode(
            "4.0", "Other or undefined network or routing status", .serverError, .networkError),
        RegistryCode(
            "4.1", "No answer from host", .networkError, .userUnknown, replies: (451, 550)),
        RegistryCode("4.2", "Bad connection", .networkError, .networkError, replies: (421, 550)),
        RegistryCode(
            "4.3", "Directory server failure", .dnsTemporary, .dnsTemporary, replies: (451, 550)),
        RegistryCode("4.4", "Unable to route", .dnsTemporary, .domainUnknown),
        RegistryCode(
            "4.5", "Mail system congestion", .rateLimited, .rateLimited, replies: (451, 550)),
        RegistryCode("4.6", "Routing loop detected", .networkError, .networkError),
        RegistryCode("4.7", "Delivery time expired", .expired, .expired),
    ]

    private static let protocols = [
        RegistryCode("5.0", "Other or undefined protocol status", .serverError, .protocolError),
        RegistryCode("5.1", "Invalid command", .protocolError, .protocolError, replies: (450, 503)),
        RegistryCode("5.2", "Syntax error", .protocolError, .protocolError, replies: (450, 501)),
        RegistryCode(
            "5.3", "Too many recipients", .tooManyConnections, .tooManyConnections,
            replies: (451, 550)),
        RegistryCode(
            "5.4", "Invalid command arguments", .protocolError, .protocolError,
            replies: (451, 504)),
        RegistryCode("5.5", "Wrong protocol version", .protocolError, .protocolError),
        RegistryCode(
            "5.6", "Authentication Exchange line is too long", .protocolError, .protocolError,
            replies: (450, 500)),
    ]

    private static let contents = [
        RegistryCode("6.0", "Other or undefined media error", .serverError, .contentError),
        RegistryCode("6.1", "Media not supported", .contentError, .contentError),
        RegistryCode("6.2", "Conversion required and prohibited", .contentError, .contentError),
        RegistryCode(
            "6.3", "Conversion required but not supported", .contentError, .contentError,
            replies: (450, 554)),
        RegistryCode("6.4", "Conversion with loss performed", .contentError, .contentError),
        RegistryCode("6.5", "Conversion Failed", .contentError, .contentError),
        RegistryCode(
            "6.6", "Message content not available", .contentError, .contentError,
            replies: (450, 554)),
        RegistryCode(
            "6.7", "Non-ASCII addresses not permitted for that sender/recipient", .contentError,
            .contentError, replies: (450, 553)),
        RegistryCode(
            "6.8", "UTF-8 string reply is required, but not permitted by the SMTP client",
            .contentError, .contentError, replies: (450, 553)),
        RegistryCode(
            "6.9", "UTF-8 header message cannot be transferred to one or more recipients",
            .contentError, .contentError),
        RegistryCode("6.10", "deprecated: as X.6.8", .contentError, .contentError),
    ]

    private static let policies = [
        RegistryCode("7.0", "Other or undefined security status", .serverError, .policy),
        RegistryCode("7.1", "Delivery not authorized, message refused", .policy, .policy),
        RegistryCode("7.2", "Mailing list expansion prohibited", .policy, .policy),
        RegistryCode(
            "7.3", "Security conversion required but not possible", .security, .security),
        RegistryCode(
            "7.4", "Security features not supported", .security, .protocolError,
            replies: (454, 504)),
        RegistryCode("7.5", "Cryptographic failure", .security, .security),
        RegistryCode("7.6", "Cryptographic algorithm not supported", .security, .security),
        RegistryCode("7.7", "Message integrity failure", .security, .security),
        RegistryCode(
            "7.8", "Authentication credentials invalid", .security, .security,
            replies: (454, 535)),
        RegistryCode(
            "7.9", "Authentication mechanism is too weak", .security, .security,
            replies: (454, 534)),
        RegistryCode(
            "7.10", "Encryption Needed", .tlsRequired, .tlsRequired, replies: (454, 523)),
        RegistryCode(
            "7.11", "Encryption required for requested authentication mechanism", .tlsRequired,
            .tlsRequired, replies: (454, 538)),
        RegistryCode(
            "7.12", "A password transition is needed", .security, .recipientFilter,
            replies: (432, 550)),
        RegistryCode(
            "7.13", "User Account Disabled", .mailboxDisabled, .mailboxDisabled,
            replies: (450, 525)),
        RegistryCode(
            "7.14", "Trust relationship required", .security, .security, replies: (454, 535)),
        RegistryCode("7.15", "Priority Level is too low", .serverError, .serverError),
        RegistryCode(
            "7.16", "Message is too big for the specified priority", .messageTooBig,
            .messageTooBig, replies: (452, 552)),
        RegistryCode("7.17", "Mailbox owner has changed", .serverError, .userUnknown),
        RegistryCode("7.18", "Domain owner has changed", .dnsTemporary, .domainUnknown),
        RegistryCode("7.19", "RRVS test cannot be completed", .serverError, .serverError),
        RegistryCode("7.20", "No passing DKIM signature found", .authFailure, .authFailure),
        RegistryCode("7.21", "No acceptable DKIM signature found", .authFailure, .authFailure),
        RegistryCode(
            "7.22", "No valid author-matched DKIM signature found", .authFailure, .authFailure),
        RegistryCode("7.23", "SPF validation failed", .authFailure, .authFailure),
        RegistryCode(
            "7.24", "SPF validation error", .dnsTemporary, .authFailure, replies: (451, 550)),
        RegistryCode("7.25", "Reverse DNS validation failed", .missingPTR, .missingPTR),
        RegistryCode(
            "7.26", "Multiple authentication checks failed", .authFailure, .authFailure),
        // Google's meaning goes before the registry's in 27, 29 and 30; the class is the same.
        RegistryCode("7.27", "Sender address has null MX", .authFailure, .authFailure),
        RegistryCode("7.28", "Mail flood detected", .badReputation, .badReputation),
        RegistryCode("7.29", "ARC validation failure", .tlsRequired, .tlsRequired),
        RegistryCode("7.30", "REQUIRETLS support required", .authFailure, .authFailure),
    ]
}
