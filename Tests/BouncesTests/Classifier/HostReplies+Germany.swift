@testable import Bounces

extension HostReplies {
    /// By postmaster.gmx.com/en/error-messages, smtp.codes/unitedinternet,
    /// smtpfieldmanual.com/provider/webde.
    static let gmx = HostReplies(
        "GMX and WEB.DE",
        [
            .init(
                "554-gmx.net (mxgmx104) Nemesis ESMTP Service not available 554-No SMTP "
                    + "service 554-IP address is block listed. 554 For explanation visit "
                    + "https://postmaster.gmx.net/en/case?c=r0201&i=ip&v=198.51.100.42",
                .blocked, .ipBlocked),
            .init(
                "554-gmx.net (mxgmx108) Nemesis ESMTP Service not available 554-No SMTP "
                    + "service 554-Bad DNS PTR resource record. 554 For explanation visit "
                    + "https://postmaster.gmx.net/en/case?c=r0601&i=ip",
                .blocked, .missingPTR),
            .init(
                "554-gmx.net (mxgmx108) Nemesis ESMTP Service not available 554-No SMTP "
                    + "service",
                .blocked, .ipBlocked),
            .init("550 Requested action not taken: mailbox unavailable", .hard, .userUnknown),
            .init(
                "550-Requested action not taken: mailbox unavailable 550 Reject due to "
                    + "policy restrictions.",
                .blocked, .policy),
            .init(
                "550 Reject due to SPF policy. The originating IP of the message is not "
                    + "permitted by the domain owner",
                .blocked, .authFailure),
            .init("550 Reject due to policy restrictions (header based)", .blocked, .badFormat),
            .init("550 Reject due to policy restrictions (domain based)", .blocked, .badReputation),
            .init("550 Reject due to policy restrictions (IP based)", .blocked, .badReputation),
            .init(
                "552-Requested mail action aborted: exceeded storage allocation "
                    + "552-Quota exceeded. 552 For explanation visit "
                    + "https://postmaster.gmx.net/en/c",
                .soft, .mailboxFull),
            .init(
                "552 Requested mail action aborted: exceeded storage allocation",
                .soft, .mailboxFull),
            .init("550 Invalid DNS MX or A/AAAA resource record", .blocked, .senderRejected),
            .init("501 Syntax error in parameters or arguments", .soft, .protocolError),
            .init("550 Bad DNS PTR resource record", .blocked, .missingPTR),
        ])

    /// By newsroom.web.de and sitepackage.de, "Typische Fehlermeldungen bei Unzustellbarkeit".
    static let webde = HostReplies(
        "WEB.DE",
        [
            .init(
                "550 Benutzer hat das Speichervolumen ueberschritten. / User has "
                    + "exhausted allowed storage space.",
                .soft, .mailboxFull),
            .init("550 Benutzer hat das Speichervolumen ueberschritten.", .soft, .mailboxFull),
            .init(
                "550 Benutzer hat zuviele Mails auf dem Server. / User has too many "
                    + "messages on the server.",
                .soft, .mailboxFull),
            .init("550 Benutzer nicht bekannt/User unknown", .hard, .userUnknown),
            .init("550 Benutzer nicht bekannt", .hard, .userUnknown),
        ])

    /// By ionos.de/hilfe/e-mail/postmaster, "SMTP-Fehlermeldungen der IONOS Mailserver".
    static let ionos = HostReplies(
        "IONOS",
        [
            .init("421 Reject due to policy violations", .blocked, .badReputation),
            .init("421 Rate limit reached. Please try again later", .soft, .rateLimited),
            .init("450 Reject due to policy violations", .blocked, .badReputation),
            .init("451 Requested action aborted: local error in processing", .soft, .serverError),
        ])

    /// By timmehosting.de, help.creoline.com and smtp.codes.
    static let tOnline = HostReplies(
        "T-Online",
        [
            .init(
                "554 IP=192.0.2.1 - None/bad reputation. Ask your postmaster for help or "
                    + "to contact tobr@rx.t-online.de for reset. (NOWL)",
                .blocked, .badReputation),
            .init(
                "554 IP=192.0.2.1 - Dialup/transient IP not allowed. Use a mailgateway "
                    + "or contact toda@rx.t-online.de if obsolete. (DIAL)",
                .blocked, .ipBlocked),
            .init("550 5.7.0 Message considered as spam or virus, rejected", .blocked, .virus),
            .init("552 5.2.2 Over STORAGE quota", .soft, .mailboxFull),
            .init("550 5.1.1 user unknown", .hard, .userUnknown),
        ])

    /// By strato.de/faq/mail/fehlermeldungen-bei-e-mails.
    static let strato = HostReplies(
        "Strato",
        [
            .init(
                "550 5.7.1 Refused by local policy. No SPAM please! (B-URL)",
                .blocked, .spamContent),
            .init("550 recipient e-mail adress unknown", .hard, .userUnknown),
            .init("550 sorry, no mailbox here by that name", .hard, .userUnknown),
        ])
}
