/// The codes that hosts put into their text, beside or instead of an enhanced code.
///
/// They count where no phrase is known: words take precedence over them, and they over the enhanced
/// code, since a host's own code is more precise than the standard one.
enum HostCodes {
    /// From `CS01` to `OXSUS0001_101`.
    private static let lengths = 4...13

    /// The reason of the first known code in a text, and the code.
    static func find(in text: String) -> (reason: BounceReason, code: String)? {
        var text = text
        return text.withUTF8 { bytes in
            let bytes = bytes.prefix(ClassifierText.bytesMax)
            var start = bytes.startIndex
            for end in bytes.startIndex...bytes.endIndex {
                if end < bytes.endIndex, isPart(bytes[end]) { continue }
                if lengths.contains(end - start), isLetter(bytes[start]),
                    bytes[end - 1].digit != nil
                {
                    let code = String(decoding: bytes[start..<end], as: UTF8.self)
                    if let reason = known[code] ?? familyReason(of: code) { return (reason, code) }
                }
                start = end + 1
            }
            return nil
        }
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "-"): true
        default: isLetter(byte) || byte.digit != nil
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// The reason of the number after the last underscore of a code.
    private static func familyReason(of code: String) -> BounceReason? {
        guard let underscore = code.lastIndex(of: "_"),
            let number = Int(code[code.index(after: underscore)...])
        else { return nil }
        let prefix = code[..<underscore].uppercased()
        let family = families.first { prefix.hasPrefix($0.prefix) }
        return family.flatMap { $0.reasons[number % $0.modulus] }
    }

    /// Stand-alone codes, all in upper case.
    private static let known: [String: BounceReason] = [
        // Outlook.com (sendersupport.olc.protection.outlook.com/pm/troubleshooting): a dynamic or
        // open host's name space, its reputation, its network on the block list.
        "DY-001": .ipBlocked, "DY-002": .ipBlocked, "OU-001": .ipBlocked, "OU-002": .ipBlocked,
        "SC-001": .badReputation, "SC-002": .badReputation, "SC-003": .badReputation,
        "SC-004": .badReputation, "S3140": .ipBlocked, "S3150": .ipBlocked, "S77719": .ipBlocked,
        // Yahoo and AOL (senders.yahooinc.com/smtp-error-codes): volume or complaints.
        "TSS04": .badReputation, "TSS05": .badReputation, "TSS06": .badReputation,
        "TSS07": .badReputation, "TSS09": .badReputation, "TSS11": .badReputation,
        "TS01": .badReputation, "TS02": .badReputation, "TS03": .badReputation,
        // AOL's older ones: complaints about the host, a link in the content.
        "RLY:B1": .badReputation, "CON:B1": .ipBlocked, "HVU:B1": .spamContent,
        // iCloud (support.apple.com/102322), whose "local policy" is its content filter.
        "CS01": .spamContent, "CS02": .spamContent, "HM08": .spamContent,
    ]

    /// Codes with a common prefix, whose last digits indicate the reason.
    private static let families: [(prefix: String, modulus: Int, reasons: [Int: BounceReason])] = [
        ("OFR", 1_000, french), ("LPN", 1_000, french), ("SFR_IN", 100, sfr),
        ("OXSUS", 1_000, vade), ("OXSEU", 1_000, vade), ("XGEMAIL", 1_000, sophos),
    ]

    /// Orange and La Poste share a numbering (postmaster.orange.fr;
    /// postmastery.com/laposte-net-postmaster-smtp-error-codes-lpn; bentonow.com/smtp-errors/orange
    /// and /laposte).
    ///
    /// 105 and 999 reject a host for two hours for its earlier behaviour.
    private static let french: [Int: BounceReason] = [
        102: .ipBlocked, 104: .tooManyConnections, 105: .badReputation, 402: .authFailure,
        405: .senderRejected, 416: .userUnknown, 417: .mailboxFull, 503: .badReputation,
        506: .spamContent, 510: .spamContent, 517: .authFailure, 999: .badReputation,
    ]

    /// SFR, Neuf and Numericable (bentonow.com/smtp-errors/sfr): the first digit is not part of the
    /// reason.
    ///
    /// Too much spam, too many viruses, errors, unknown users or messages; a wrong greeting.
    private static let sfr: [Int: BounceReason] = [
        1: .badReputation, 2: .virus, 3: .ipBlocked, 4: .badReputation, 5: .rateLimited,
        7: .missingPTR,
    ]

    /// Mailboxes of Open-Xchange, resold by many hosting companies
    /// (postmaster-oxseu.vadesecure.com/inbound_error_codes, and -oxsus).
    ///
    /// Without 403: it is used for an unknown recipient as well as for a malformed address, and was
    /// seen for addresses that accepted mail an hour later.
    private static let vade: [Int: BounceReason] = [
        101: .ipBlocked, 102: .ipBlocked, 103: .serverError, 105: .missingPTR, 108: .missingPTR,
        110: .tooManyConnections, 111: .ipBlocked, 130: .badReputation, 134: .badReputation,
        136: .rateLimited, 139: .tooManyConnections, 140: .rateLimited, 201: .ipBlocked,
    ]

    /// Sophos Email (docs.sophos.com/central/customer/help, "SMTP error codes").
    private static let sophos: [Int: BounceReason] = [
        1: .authFailure, 2: .authFailure, 3: .authFailure, 4: .ipBlocked, 5: .badReputation,
        6: .tlsRequired, 7: .serverError, 8: .policy, 9: .recipientFilter, 10: .relayDenied,
        11: .userUnknown, 12: .messageTooBig, 13: .tooManyConnections, 14: .rateLimited,
        15: .rateLimited,
    ]
}

/// Phrases of single hosts, where they mean something else, or more, than the same words of others.
///
/// Each with the page that explains it. They take precedence over all other phrases, and so are
/// long enough to be unique to the host.
extension PhraseTable {
    static let hostPhrases = [
        // postmaster.gmx.com/en/error-messages, smtp.codes/unitedinternet: GMX, WEB.DE, mail.com.
        // The headers break a standard; the domain, the host is known for spam.
        PhraseSet(.badFormat, ["policy restrictions header based"]),
        PhraseSet(
            .badReputation,
            [
                "policy restrictions domain based", "policy restrictions ip based",
                // ionos.de/hilfe, "SMTP-Fehlermeldungen der IONOS Mailserver": too many unknown
                // recipients, or too much spam.
                "reject due to policy violations",
                // bentonow.com/smtp-errors/sfr
                "due to bad behavior",
                // yandex.com/support/mail/bounces: only spam came from the host.
                "blocked by spam statistics",
            ]),
        // mimecastsupport.zendesk.com, "Mimecast SMTP Error Codes": a geographical restriction.
        PhraseSet(.geoBlocked, ["host network not allowed"]),
        // smtpfieldmanual.com/provider/trendmicro: its list of hosts; a domain for which it is not
        // configured.
        PhraseSet(.ipBlocked, ["recipient address rejected ers"]),
        PhraseSet(.relayDenied, ["recipient address rejected no domain"]),
        // aiuto.libero.it, "Messaggi di errore più frequenti".
        PhraseSet(.relayDenied, ["relay disabled"]),
        // suped.com/learn, "550 Invalid Domain from Virgilio and Libero": about the sender's
        // domain.
        PhraseSet(.senderRejected, ["invalid domain ~ iol local"]),
        // cisco.com, AsyncOS: DNS did not answer.
        PhraseSet(.dnsTemporary, ["temporary error occurred during spf"]),
        // knowledge.broadcom.com/external/article/162445
        PhraseSet(.virus, ["vba macros"]),
        // support.everycloud.com, "Workspace reason codes": Hornetsecurity.
        PhraseSet(.virus, ["rejected content attachment"]),
        // yandex.com/support/mail/bounces: the mailbox violated the user agreement.
        PhraseSet(.mailboxDisabled, ["policy rejection on the target address"]),
        // smtpfieldmanual.com/provider/barracuda: the recipient's licence for the filter.
        PhraseSet(.serverError, ["license expired"]),
        // napoveda.seznam.cz/uzivatel-neexistuje
        PhraseSet(.userUnknown, ["hasnt got the service mapped"]),
    ]
}
