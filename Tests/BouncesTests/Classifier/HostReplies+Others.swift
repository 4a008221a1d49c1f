@testable import Bounces

extension HostReplies {
    /// By postmaster-oxseu.vadesecure.com/inbound_error_codes.
    static let openXchange = HostReplies(
        "Open-Xchange",
        [
            .init(
                "550 5.7.1 Connection refused - 192.0.2.1 blocked by Vade Threat List "
                    + "OXSEU001_101",
                .blocked, .ipBlocked),
            .init("550 5.7.1 Connection refused OXSUS0001_101", .blocked, .ipBlocked),
            .init("550 5.7.1 Connection refused OXSEU001_105", .blocked, .missingPTR),
            .init("421 4.2.1 Connection deferred OXSEU001_110", .soft, .tooManyConnections),
            .init("421 4.2.1 Connection deferred OXSEU001_136", .soft, .rateLimited),
            .init("421 4.2.1 Connection deferred OXSEU001_130", .blocked, .badReputation),
            .init("421 4.2.1 Connection deferred OXSEU001_103", .soft, .serverError),
            .init("550 5.7.1 HELO command rejected OXSEU001_201", .blocked, .ipBlocked),
            .init(
                "550 5.7.1 Message rejected per sender's SPF policy - OXSUS001_514",
                .blocked, .authFailure),
        ])

    /// By yandex.com/support/mail/bounces, smtpfieldmanual.com/provider/mailru and /rambler.
    static let east = HostReplies(
        "Mail.ru, Yandex, Rambler",
        [
            .init(
                "550 Message was not accepted -- invalid mailbox. Local mailbox "
                    + "user@mail.ru is unavailable: account is disabled",
                .hard, .mailboxDisabled),
            .init(
                "550 spam message rejected. Please visit "
                    + "http://help.mail.ru/notspam-support/id?c=7y4y or report details to "
                    + "abuse@corp.mail.ru. Error code: ###. ID: #",
                .blocked, .spamContent),
            .init(
                "550 5.7.1 This message was not accepted due to domain owner DMARC "
                    + "policy (RFC 7489) https://help.mail.ru/mail-help/postmaster/dmarc",
                .blocked, .authFailure),
            .init(
                "451 4.7.1 Sorry, the service is currently unavailable. Please come back "
                    + "later.",
                .soft, .serverError),
            .init(
                "450 4.2.1 The recipient has exceeded message rate limit. Try again "
                    + "later.",
                .soft, .rateLimited),
            .init("550 5.7.1 Policy rejection on the target address", .hard, .mailboxDisabled),
            .init("550 5.7.1 No such user!", .hard, .userUnknown),
            .init(
                "554 5.7.1 [1] Message rejected under suspicion of SPAM; "
                    + "https://ya.cc/1IrBc ##",
                .blocked, .spamContent),
            .init(
                "554 5.7.1 Blocked by spam statistics - see "
                    + "https://yandex.com/support/mail",
                .blocked, .badReputation),
            .init("552 5.2.2 Mailbox size limit exceeded", .soft, .mailboxFull),
            .init(
                "540 5.7.1 <user@rambler.ru>: recipient address rejected: Inactive",
                .hard, .userUnknown),
            .init(
                "540 5.7.1 <user@rambler.ru>: recipient address rejected: Blocked",
                .blocked, .policy),
            .init("452 4.5.3 rate limit exceeded", .soft, .rateLimited),
            .init(
                "554 5.7.1 Spam message rejected; If this is not spam contact abuse",
                .blocked, .spamContent),
        ])

    /// By pomoc.poczta.interia.pl, napoveda.seznam.cz, support.konto.pl,
    /// guide.arubabusiness.it, aiuto.libero.it, suped.com/learn.
    static let centre = HostReplies(
        "Interia, Seznam, Forpsi, Aruba, Libero",
        [
            .init("550 5.1.1 Account not found", .hard, .userUnknown),
            .init("550 5.7.1 Recipient doesn't want your mail", .blocked, .recipientFilter),
            .init(
                "550 5.7.0 [SPF] host 192.0.2.1 is not allowed to send mail from "
                    + "example.com",
                .blocked, .authFailure),
            .init("5.1.1 szn; User hasn't got the service mapped", .hard, .userUnknown),
            .init("User hasn't got the service mapped", .hard, .userUnknown),
            .init(
                "552 5.1.1 5.2.2 sorry, final recipient mailbox is full (chkuser)",
                .soft, .mailboxFull),
            .init("552 5.2.0 0biL1i00V1cmcpM01biL4w spam detected", .blocked, .spamContent),
            .init("550 5.1.0 0bcW1i00G0jifNx01bcmHa blocked by SPF", .blocked, .authFailure),
            .init(
                "550 5.1.0 cNkj1y0022zrrQM01NkjaD policy violation, see "
                    + "https://support.forpsi.com/kb/a4081",
                .blocked, .policy),
            .init("550 Relay Disabled", .blocked, .relayDenied),
            .init("550 Invalid Domain [smtp-41.iol.local; LIB_420]", .blocked, .senderRejected),
            .init("550 Invalid Domain [smtp-12.iol.local; VIR_420]", .blocked, .senderRejected),
        ])

    /// By blacklist.kpnmail.nl/Help, smtp.codes, nsff.no for online.no,
    /// bytecamp.net/de/faq/email.
    static let others = HostReplies(
        "KPN, Proton, Infomaniak, Hostpoint, Telenor, Bytecamp",
        [
            .init(
                "Your IP: 192.0.2.1 is blacklisted, please see "
                    + "http://blacklist.kpnmail.nl/Help/17",
                .blocked, .ipBlocked),
            .init("554 5.7.1 We do not accept viral traffic", .blocked, .virus),
            .init(
                "550 5.1.1 Recipient address rejected: Address does not exist",
                .hard, .userUnknown),
            .init(
                "550 5.7.1 Rejected by spam filter (in reply to end of DATA command)",
                .blocked, .spamContent),
            .init(
                "550-SPF-check failed: 550 example.com doesn't allow sending mails from "
                    + "xx.xx.xx.xx (in reply to MAIL FROM command)",
                .blocked, .authFailure),
            .init(
                "550 Message from example.com failed sender's DMARC policy, REJECT",
                .blocked, .authFailure),
            .init("550 5.1.1 <ola@online.no>... User unknown", .hard, .userUnknown),
            .init("571 5.7.1 message classified as spam", .blocked, .spamContent),
            .init(
                "422 4.2.2 Quota limit exceeded (Speicherplatz des Kontos ueberschritten)",
                .soft, .mailboxFull),
        ])
}
