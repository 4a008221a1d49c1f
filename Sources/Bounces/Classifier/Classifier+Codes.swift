/// The reasons by the codes alone, for text without a known phrase (RFC 3463, RFC 5321, IANA's
/// registry of enhanced status codes under RFC 5248, and the codes that Microsoft and Google use).
///
/// Microsoft's are in "Email non-delivery reports and SMTP errors in Exchange Online"
/// (learn.microsoft.com/troubleshoot/exchange/email-delivery/ndr), Google's in "Gmail SMTP errors
/// and codes" (support.google.com/a/answer/3726730). Where IANA's registry has the same code for
/// something else, the reply code distinguishes the two, or the host with more mail wins.
extension Classifier {
    /// The reason that an enhanced code stands for; nil for one without a reason.
    static func reason(of code: EnhancedCode, codes: BounceCodes) -> BounceReason? {
        switch code.subject {
        case 1: addressReason(code.detail, reply: codes.reply)
        case 2: mailboxReason(code.detail)
        case 3: systemReason(code.detail, reply: codes.reply)
        case 4: networkReason(code, codes: codes)
        case 5: code.detail == 3 ? .tooManyConnections : .protocolError
        case 6: contentReason(code.detail)
        // 502 and 504 report a command or parameter that is not implemented, such as an unknown
        // authentication mechanism (RFC 4954 section 4).
        case 7:
            [502, 504].contains(codes.reply)
                ? .protocolError : policyReason(code.detail, codes: codes)
        default: nil
        }
    }

    private static func addressReason(_ detail: Int, reply: Int?) -> BounceReason? {
        switch detail {
        case 0, 1, 351: .userUnknown
        case 2: .domainUnknown
        case 3, 4: .invalidAddress
        // The registry calls the address valid; RFC 3886: passed on to a system without reports,
        // and the mail may have been delivered.
        case 5, 9: .undetermined
        case 6: .addressMoved
        case 7, 8: .senderRejected
        // RFC 7505 has 556 with it; Exchange's is an address that its directory does not contain.
        case 10: reply == 550 ? .userUnknown : .domainNoMail
        case 20, 21: .policy
        // Exchange: the sender's own daily limit of recipients.
        case 90: .rateLimited
        default: nil
        }
    }

    private static func mailboxReason(_ detail: Int) -> BounceReason? {
        switch detail {
        // Used by filters mostly, and never for an address that does not exist.
        case 0: .undetermined
        case 1: .mailboxDisabled
        case 2: .mailboxFull
        case 3: .messageTooBig
        // A mailing list that could not be expanded.
        case 4, 14: .serverError
        // Exchange: the recipient's hourly limits, for one sender's mail and for all mail.
        case 121, 122: .rateLimited
        default: nil
        }
    }

    private static func systemReason(_ detail: Int, reply: Int?) -> BounceReason? {
        switch detail {
        case 1: .systemFull
        // RFC 7504: with 521 the host accepts no mail at all.
        case 2: reply == 521 ? .domainNoMail : .serverError
        case 3: .protocolError
        case 4: .messageTooBig
        default: .serverError
        }
    }

    private static func networkReason(_ code: EnhancedCode, codes: BounceCodes) -> BounceReason? {
        let isFinal = code.statusClass == 5 && codes.statusClass == 5
        return switch code.detail {
        // Exchange's rejection at the edge; from others, too, it is mostly an unknown user.
        case 1 where isFinal && (codes.reply ?? 550) == 550: .userUnknown
        case 3: .dnsTemporary
        case 4: isFinal ? .domainUnknown : .dnsTemporary
        case 5: .rateLimited
        // Exchange: the receiving host is not in its domain's MTA-STS policy.
        case 8: .tlsRequired
        case 7, 300, 316, 317: .expired
        case 310: .domainUnknown
        case 312: .dnsTemporary
        default: .networkError
        }
    }

    private static func contentReason(_ detail: Int) -> BounceReason {
        switch detail {
        // Exchange: a bare line feed in the body.
        case 11: .badFormat
        default: .contentError
        }
    }

    private static func policyReason(_ detail: Int, codes: BounceCodes) -> BounceReason? {
        switch detail {
        case 3, 4, 5, 6, 7, 8, 9, 14, 57: .security
        // 29 is Google's for mail without TLS; IANA's is for a broken ARC chain (RFC 8617).
        case 10, 11, 29: .tlsRequired
        // RFC 5248's disabled account has 525; Exchange's is a public folder for internal mail
        // only.
        case 13: codes.reply == 550 ? .recipientFilter : .mailboxDisabled
        // A priority too low for now (RFC 6710), an owner that could not be verified (RFC 7293).
        case 15, 19: .serverError
        case 16: .messageTooBig
        case 17: .userUnknown
        case 18: .domainUnknown
        // RFC 7372; 27 (SPF), 30 (DKIM), 31, 32 and 40 (DMARC) are Google's, where IANA's are a
        // sender without mail exchanger (RFC 7505) and REQUIRETLS (RFC 8689).
        case 20...23, 26, 27, 30, 31, 32, 40: .authFailure
        // SPF could not be evaluated; if temporary, mostly since DNS did not answer.
        case 24: codes.statusClass == 4 ? .dnsTemporary : .authFailure
        case 25: .missingPTR
        case 28: .badReputation
        // RFC 4954's expired password has 432; Exchange's means internal mail only.
        case 12: codes.reply == 432 ? .security : .recipientFilter
        default: exchangeReason(detail)
        }
    }

    /// The reasons for codes of Exchange Online's and Outlook.com's own.
    ///
    /// `policy` covers rules of the receiving organisation: a connector for certain hosts only
    /// (51), a banned recipient (505), a bad HELO (506), its own list (703), its mail flow rules
    /// (900 to 999).
    private static func exchangeReason(_ detail: Int) -> BounceReason? {
        switch detail {
        case 54, 64: .relayDenied
        // The sender is not allowed to send as this address.
        case 60: .senderRejected
        // The recipient accepts only internal mail, or only mail from certain senders.
        case 124, 129, 133...136: .recipientFilter
        case 139: .security
        case 232...236, 508: .rateLimited
        case 321...325: .tlsRequired
        // The vendor suspects a host (500 to 503, 650, 850 to 899) or a whole tenant.
        case 500, 501, 502, 503, 650, 700...702, 704...749, 800, 850...899: .badReputation
        case 504: .userUnknown
        // No mail over IPv6 (510) is a rejection of the sending address, too.
        case 507, 510, 511, 513, 606...649: .ipBlocked
        case 509, 515: .authFailure
        // An invalid From, and a domain that is not registered with the sender's provider.
        case 512, 750: .senderRejected
        case 652: .tooManyConnections
        default: .policy
        }
    }

    /// Whether the code means so little, or so many things, that a weak phrase and the provider's
    /// own type take precedence: `x.0.0`, `x.7.1`, or `x.1.5`, a valid address.
    static func isVague(_ code: EnhancedCode) -> Bool {
        switch code.subject {
        case 1: [0, 5, 9].contains(code.detail)
        case 7: (0...2).contains(code.detail)
        default: code.isUnspecific
        }
    }

    /// The reason that a reply code stands for by itself, without anything else known.
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

    /// The reason that is guessed, with low confidence, from a reply code without text.
    static func likelyReason(ofReply reply: Int) -> BounceReason? {
        switch reply {
        case 550, 551, 553: .userUnknown
        default: nil
        }
    }
}
