@testable import Bounces

extension HostReplies {
    /// By postmaster.free.fr, smtpfieldmanual.com/provider/free.
    static let free = HostReplies(
        "Free",
        [
            .init("550 spam detected", .blocked, .spamContent),
            .init("550 5.2.2 user quota exceeded", .soft, .mailboxFull),
            .init(
                "550 5.2.1 This mailbox has been blocked due to inactivity",
                .hard, .mailboxDisabled),
            .init("550 virus detected", .blocked, .virus),
            .init(
                "421 Too many errors from your ip (192.0.2.1), please visit "
                    + "http://postmaster.free.fr/",
                .blocked, .ipBlocked),
            .init(
                "550 Too many spams from your IP (192.0.2.1), please visit "
                    + "http://postmaster.free.fr/",
                .blocked, .badReputation),
        ])

    /// By bentonow.com/smtp-errors/orange, smtpfieldmanual.com/provider/orange.
    static let orange = HostReplies(
        "Orange",
        [
            .init(
                "421 mwinf5c10 ME Trop de connexions, veuillez verifier votre "
                    + "configuration. Too many connections, slow down. OFR004_104 [104]",
                .soft, .rateLimited),
            .init(
                "421 mwinf5c10 ME Service refuse. Veuillez essayer plus tard. Service "
                    + "refused, please try later. OFR004_105 [105]",
                .blocked, .badReputation),
            .init(
                "421 mwinf5c10 ME Service refuse. Veuillez essayer plus tard. Service "
                    + "refused, please try later. OFR_999 [999]",
                .blocked, .badReputation),
            .init(
                "501 5.1.0 Emetteur invalide. Invalid Sender. OFR004_405 [405]",
                .blocked, .senderRejected),
            .init("550 5.2.0 Mail rejete. Mail rejected. ofr_506 [506]", .blocked, .spamContent),
            .init(
                "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid "
                    + "recipient. OFR_416 [416]",
                .hard, .userUnknown),
            .init(
                "552 5.1.1 Boite du destinataire pleine. Recipient overquota. OFR_417 "
                    + "[417]",
                .soft, .mailboxFull),
            .init(
                "550 mwinf5c10 ME Adresse IP source bloquee pour incident de spam. "
                    + "Client host blocked for spamming issues. OFR006_102 Ref "
                    + "http://csi.cloudmark.com/reset-request/?ip=192.0.2.1 [102]",
                .blocked, .badReputation),
        ])

    /// By bentonow.com/smtp-errors/laposte, smtp.codes.
    static let laPoste = HostReplies(
        "La Poste",
        [
            .init(
                "450 4.7.1 Client host rejected: Service refuse. Veuillez essayer plus "
                    + "tard. service refused, please try later. LPN027_503",
                .blocked, .ipBlocked),
            .init(
                "450 4.1.8 Emetteur invalide. Invalid Sender. LPN007_405",
                .blocked, .senderRejected),
            .init(
                "550 5.7.1 Suspicion de contenu non sollicite. Afin de preserver la "
                    + "qualite du service et limiter les volumes de spam sur la plateforme, ce "
                    + "message n'a pas ete transmis. Likely unsolicited email. LPN007_510",
                .blocked, .spamContent),
            .init(
                "550 5.7.20 Message refuse, DKIM n'est pas configure sur votre domaine "
                    + "d'expedition. LPN007_402",
                .blocked, .authFailure),
            .init("521 5.7.1 Service unavailable LPN007_102", .blocked, .ipBlocked),
            .init("550 5.7.1 Service refuse. LPN007_517", .blocked, .authFailure),
            .init(
                "550 5.5.0 Service refuse. Veuillez essayer plus tard. service refused, "
                    + "please try later. LPN007_510",
                .blocked, .spamContent),
        ])

    /// By bentonow.com/smtp-errors/sfr.
    static let sfr = HostReplies(
        "SFR",
        [
            .init(
                "450 4.7.1 Service refused due to bad behavior SFR_IN_101",
                .blocked, .badReputation),
            .init("450 4.7.1 Service refuse SFR_IN_102", .blocked, .virus),
            .init("450 4.7.1 Service refuse SFR_IN_203", .blocked, .ipBlocked),
            .init("450 4.7.1 Service refuse SFR_IN_104", .blocked, .badReputation),
            .init("450 4.7.1 Service refuse SFR_IN_105", .soft, .rateLimited),
            .init("450 4.7.1 Service refuse SFR_IN_107", .blocked, .missingPTR),
            .init("550 5.7.1 Message content rejected", .blocked, .spamContent),
            .init("421 4.7.0 msfrf2604.sfr.fr Error: too many errors", .blocked, .ipBlocked),
        ])
}
