/// What the codes alone say, where the words say nothing (RFC 3463, RFC 5321, the IANA registry
/// of enhanced status codes, and the codes that Microsoft and Google have made their own).
extension Classifier {
    /// The reason that an enhanced code names; nil for one that names none.
    static func reason(of code: EnhancedCode, codes: BounceCodes) -> BounceReason? {
        switch code.subject {
        case 1: addressReason(code.detail)
        case 2: mailboxReason(code.detail)
        case 3: systemReason(code.detail)
        case 4: networkReason(code, codes: codes)
        case 5: code.detail == 3 ? .tooManyConnections : .protocolError
        case 6: .contentError
        // 502 and 504 say that a command or its parameter is not implemented, as for an unknown way
        // of authentication (RFC 4954 section 4).
        case 7: [502, 504].contains(codes.reply) ? .protocolError : policyReason(code.detail)
        default: nil
        }
    }

    private static func addressReason(_ detail: Int) -> BounceReason? {
        switch detail {
        case 0, 1, 351: .userUnknown
        case 2: .domainUnknown
        case 3, 4: .invalidAddress
        case 6: .addressMoved
        case 7, 8: .senderRejected
        case 10: .domainNoMail
        case 20, 21, 90: .policy
        default: nil
        }
    }

    private static func mailboxReason(_ detail: Int) -> BounceReason? {
        switch detail {
        case 1: .mailboxDisabled
        case 2: .mailboxFull
        case 3: .messageTooBig
        case 4, 14: .serverError
        case 121, 122: .rateLimited
        default: nil
        }
    }

    private static func systemReason(_ detail: Int) -> BounceReason? {
        switch detail {
        case 1: .systemFull
        case 3: .protocolError
        case 4: .messageTooBig
        default: .serverError
        }
    }

    private static func networkReason(_ code: EnhancedCode, codes: BounceCodes) -> BounceReason? {
        let isFinal = code.statusClass == 5 && codes.statusClass == 5
        return switch code.detail {
        // Exchange's refusal at the edge; from others too it is mostly an unknown user.
        case 1 where isFinal && (codes.reply ?? 550) == 550: .userUnknown
        case 3: .dnsTemporary
        case 4: isFinal ? .domainUnknown : .dnsTemporary
        case 5: .rateLimited
        case 7, 300, 316: .expired
        case 310: .domainUnknown
        case 312: .dnsTemporary
        default: .networkError
        }
    }

    private static func policyReason(_ detail: Int) -> BounceReason? {
        switch detail {
        case 3, 4, 5, 6, 7, 8, 9, 14, 57: .security
        case 10, 11, 29, 51, 321, 322, 323: .tlsRequired
        case 13: .mailboxDisabled
        case 15: .serverError
        case 16: .messageTooBig
        case 17: .userUnknown
        case 18: .domainUnknown
        case 20, 21, 22, 23, 24, 26, 27, 30, 32, 40, 509, 515: .authFailure
        case 25: .missingPTR
        case 28, 501, 502, 503, 650: .badReputation
        case 124, 129, 133...136, 507: .recipientFilter
        case 508: .rateLimited
        case 510, 511, 606...649: .ipBlocked
        case 652: .tooManyConnections
        default: .policy
        }
    }

    /// Whether so many things are meant by the code that a phrase of little weight, and the
    /// provider's own type, go before it: `x.0.0`, `x.7.1`.
    static func isVague(_ code: EnhancedCode) -> Bool {
        code.isUnspecific || (code.subject == 7 && (1...2).contains(code.detail))
    }

    /// The reason that a reply code names by itself, whatever else is not known.
    static func reason(ofReply reply: Int) -> BounceReason? {
        switch reply {
        case 521, 556: .domainNoMail
        case 552: .mailboxFull
        case 530, 534, 535, 538: .security
        case 571: .policy
        case 500...504: .protocolError
        case 452: .systemFull
        case 400...499: .serverError
        default: nil
        }
    }

    /// The reason that is guessed, with little confidence, from a reply code without words.
    static func likelyReason(ofReply reply: Int) -> BounceReason? {
        switch reply {
        case 550, 551, 553: .userUnknown
        default: nil
        }
    }
}
