extension BounceReason {
    /// The class that the reason fixes.
    ///
    /// Three reasons look at the code: a disabled mailbox, and a domain that is unknown or without
    /// mail, are hard only for good, soft while the server says 4xx or words it as passing.
    func bounceClass(isTransient: Bool) -> BounceClass {
        switch self {
        case .userUnknown, .invalidAddress, .addressMoved: .hard
        case .mailboxDisabled, .domainUnknown, .domainNoMail: isTransient ? .soft : .hard
        case .mailboxFull, .systemFull, .messageTooBig, .rateLimited, .greylisted,
            .tooManyConnections, .serverError, .networkError, .dnsTemporary, .expired,
            .mailerError, .protocolError, .undetermined:
            .soft
        case .complaint, .suppressed, .recipientFilter, .ipBlocked, .badReputation, .geoBlocked,
            .spamContent, .virus, .contentError, .badFormat, .authFailure, .missingPTR,
            .tlsRequired, .security, .policy, .senderRejected, .relayDenied:
            .blocked
        case .vacation, .delivered, .challenge: .other
        }
    }

    /// What it is that failed; nil where nobody knows, and where nothing failed.
    var scope: BounceScope? {
        switch self {
        case .userUnknown, .invalidAddress, .addressMoved, .domainUnknown, .domainNoMail,
            .mailboxDisabled, .mailboxFull, .systemFull, .complaint, .suppressed,
            .recipientFilter, .relayDenied:
            .recipient
        case .ipBlocked, .badReputation, .geoBlocked, .authFailure, .missingPTR, .tlsRequired,
            .security, .policy, .senderRejected:
            .sender
        case .messageTooBig, .spamContent, .virus, .contentError, .badFormat: .message
        case .rateLimited, .greylisted, .tooManyConnections, .serverError, .networkError,
            .dnsTemporary, .expired, .mailerError, .protocolError:
            .transport
        case .undetermined, .vacation, .delivered, .challenge: nil
        }
    }

    /// Whether servers limit the rate of those of whom they say this.
    var limitsRate: Bool {
        switch self {
        case .badReputation, .authFailure, .missingPTR, .tlsRequired: true
        default: false
        }
    }

    /// Whether the words are about an address or domain: said while the sender was being named,
    /// they are about the sender's.
    var isAboutAddress: Bool {
        switch self {
        case .userUnknown, .invalidAddress, .addressMoved, .domainUnknown, .domainNoMail,
            .mailboxDisabled:
            true
        default: false
        }
    }
}
