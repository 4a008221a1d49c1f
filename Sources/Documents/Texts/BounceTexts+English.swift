import Bounces
import Invoicing

extension BounceTexts {
    /// English.
    static var en: BounceTexts {
        BounceTexts(
            cause: englishCause,
            hard: "Check the e-mail address, mend it on the customer, and send again.",
            blocked: "The e-mail provider must lift the block by hand. Contact support."
                + " Further dispatches to the address are stopped until that is done.",
            soft: "The address is valid, and sending again often helps. If the"
                + " dispatch is ongoing, cancel it first. If that does not help, the"
                + " recipient must ask its e-mail provider.",
            mailboxFull: "Ask the recipient to make room in the mailbox, and send again. If"
                + " the dispatch is ongoing, cancel it first.",
            messageTooBig: "Make the attachments smaller, or remove some of them, and send"
                + " again. If the dispatch is ongoing, cancel it first.",
            nothingToDo: "There is nothing to do.")
    }

    private static func englishCause(_ reason: BounceReason) -> String {
        switch reason {
        case .userUnknown: "There is no such recipient at the address."
        case .invalidAddress: "The e-mail address is not valid."
        case .addressMoved: "The recipient has moved to another address."
        case .domainUnknown: "The domain after the @ does not exist."
        case .domainNoMail: "The domain after the @ takes no mail."
        case .mailboxDisabled: "The mailbox is closed."
        case .mailboxFull: "The mailbox of the recipient is full."
        case .systemFull: "The mail system of the recipient is out of space."
        case .messageTooBig: "The e-mail is larger than the recipient takes."
        case .rateLimited: "The server of the recipient does not take so much mail at once."
        case .greylisted: "The server of the recipient asked us to come back later."
        case .tooManyConnections: "The server of the recipient was busy."
        case .serverError: "There was a fault at the server of the recipient."
        case .networkError: "The server of the recipient could not be reached."
        case .dnsTemporary: "The domain after the @ could not be looked up at that time."
        case .expired: "The e-mail did not arrive in time."
        case .mailerError: "There was a fault in the mail system of the recipient."
        case .protocolError: "The servers did not understand each other."
        case .complaint: "The recipient has marked mail from here as spam."
        case .suppressed: "The address is blocked after an earlier failure."
        case .recipientFilter: "The filter of the recipient does not let the e-mail through."
        case .ipBlocked: "The server of the recipient blocks the server that sent it."
        case .badReputation: "The server of the recipient does not trust the sender."
        case .geoBlocked:
            "The server of the recipient takes no mail from the country it was sent from."
        case .spamContent: "The server of the recipient took the content for spam."
        case .virus: "The server of the recipient found a virus in the e-mail."
        case .contentError: "The server of the recipient does not take the content."
        case .badFormat: "The server of the recipient could not read the e-mail."
        case .authFailure: "The server of the recipient could not confirm who the sender is."
        case .missingPTR:
            "The server of the recipient does not recognise the server that sent it."
        case .tlsRequired: "The server of the recipient asks for an encrypted connection."
        case .security:
            "The server of the recipient stopped the e-mail for reasons of security."
        case .policy: "The rules of the recipient do not allow the e-mail."
        case .senderRejected: "The server of the recipient takes no mail from this sender."
        case .relayDenied: "The server takes no mail for this address."
        case .undetermined:
            "The server of the recipient did not take the e-mail and did not say clearly why."
        case .vacation: "The recipient has an automatic reply."
        case .delivered: "The e-mail has been delivered."
        case .challenge: "The mail system of the recipient asks the sender to confirm."
        }
    }
}
