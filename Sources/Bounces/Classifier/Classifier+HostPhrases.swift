/// What single hosts say, where it means something else, or more, than the same words of others.
///
/// Each with the page that says what it means. They go before all other phrases, and so are long
/// enough to be nobody else's.
extension PhraseTable {
    static let hostPhrases = [
        // postmaster.gmx.com/en/error-messages, smtp.codes/unitedinternet: GMX, WEB.DE, mail.com.
        // The headers break a standard; the domain, the host is known for spam.
        PhraseSet(.badFormat, ["policy restrictions header based"]),
        PhraseSet(
            .badReputation,
            [
                "policy restrictions domain based", "policy restrictions ip based",
                // ionos.de/hilfe, "SMTP-Fehlermeldungen der IONOS Mailserver": too many of the
                // recipients were unknown, or too much was spam.
                "reject due to policy violations",
                // bentonow.com/smtp-errors/sfr
                "due to bad behavior",
                // yandex.com/support/mail/bounces: only spam came from the host.
                "blocked by spam statistics",
            ]),
        // mimecastsupport.zendesk.com, "Mimecast SMTP Error Codes": a geographical restriction.
        PhraseSet(.geoBlocked, ["host network not allowed"]),
        // smtpfieldmanual.com/provider/trendmicro: its list of hosts; a domain that it is not told
        // to take mail for.
        PhraseSet(.ipBlocked, ["recipient address rejected ers"]),
        PhraseSet(.relayDenied, ["recipient address rejected no domain"]),
        // aiuto.libero.it, "Messaggi di errore più frequenti".
        PhraseSet(.relayDenied, ["relay disabled"]),
        // suped.com/learn, "550 Invalid Domain from Virgilio and Libero": said of the sender's.
        PhraseSet(.senderRejected, ["invalid domain ~ iol local"]),
        // cisco.com, AsyncOS: the name service did not answer.
        PhraseSet(.dnsTemporary, ["temporary error occurred during spf"]),
        // knowledge.broadcom.com/external/article/162445
        PhraseSet(.virus, ["vba macros"]),
        // support.everycloud.com, "Workspace reason codes": Hornetsecurity.
        PhraseSet(.virus, ["rejected content attachment"]),
        // yandex.com/support/mail/bounces: it broke the user agreement.
        PhraseSet(.mailboxDisabled, ["policy rejection on the target address"]),
        // smtpfieldmanual.com/provider/barracuda: the recipient's licence of the filter.
        PhraseSet(.serverError, ["license expired"]),
        // napoveda.seznam.cz/uzivatel-neexistuje
        PhraseSet(.userUnknown, ["hasnt got the service mapped"]),
    ]
}
