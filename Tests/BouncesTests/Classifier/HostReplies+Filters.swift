@testable import Bounces

extension HostReplies {
    /// By docs.sophos.com/central/customer/help, "SMTP error codes".
    static let sophos = HostReplies(
        "Sophos",
        [
            .init("550 5.7.1 Command rejected XGEMAIL_0001", .blocked, .authFailure),
            .init("550 5.7.1 Command rejected XGEMAIL_0004", .blocked, .ipBlocked),
            .init("550 5.7.1 Command rejected XGEMAIL_0009", .blocked, .recipientFilter),
            .init("550 5.7.1 Command rejected XGEMAIL_0011", .hard, .userUnknown),
            .init("550 5.7.1 Command rejected XGEMAIL_0012", .soft, .messageTooBig),
            .init("450 4.7.1 Command rejected XGEMAIL_0015", .soft, .rateLimited),
        ])

    /// By support.everycloud.com, "Workspace reason codes".
    static let hornetsecurity = HostReplies(
        "Hornetsecurity",
        [
            .init("554 5.5.5 e-mail Rejected Spam", .blocked, .spamContent),
            .init("554 5.5.4 Spam IP rejected", .blocked, .ipBlocked),
            .init(
                "554 5.5.4 IP sender address with a negative reputation",
                .blocked, .badReputation),
            .init("554 5.6.2 Spam Link rejected", .blocked, .spamContent),
            .init("554 5.6.4 Virus E-Mail Blocked", .blocked, .virus),
            .init("554 5.5.7 e-mail Rejected Content Attachment", .blocked, .virus),
            .init("554 5.6.9 Rejected by custom Compliance Filter Rule", .blocked, .spamContent),
            .init("552 5.5.2 Message size (content filter)", .soft, .messageTooBig),
            .init(
                "550 5.1.1 Recipient address rejected: undeliverable address",
                .hard, .userUnknown),
            .init("554 5.5.6 loop detection", .soft, .networkError),
            .init("554 5.6.5 TLS encryption required by customer rule", .blocked, .tlsRequired),
            .init(
                "504 5.5.2 Sender address rejected: need fully-qualified address",
                .blocked, .senderRejected),
            .init("450 4.5.5 early spam detection", .blocked, .spamContent),
        ])

    /// By mimecastsupport.zendesk.com, "Mimecast SMTP Error Codes".
    static let mimecast = HostReplies(
        "Mimecast",
        [
            .init(
                "550 Administrative prohibition - envelope blocked - "
                    + "https://community.mimecast.com/docs#550 [#]",
                .blocked, .senderRejected),
            .init(
                "550 Rejected by header based Anti-Spoofing policy: user@example.com - "
                    + "https://community.mimecast.com/docs#550 [#]",
                .blocked, .authFailure),
            .init(
                "550 Rejected by header based manually Blocked Senders: user@example.com",
                .blocked, .senderRejected),
            .init("550 Envelope blocked - User Entry", .blocked, .senderRejected),
            .init("550 DMARC Sender Invalid - envelope rejected", .blocked, .authFailure),
            .init("550 DKIM Sender Invalid - envelope rejected.", .blocked, .authFailure),
            .init(
                "554 Email rejected due to security policies - "
                    + "https://community.mimecast.com/docs#554 [#]",
                .blocked, .policy),
            .init("554 Host network not allowed.", .blocked, .geoBlocked),
            .init("554 Mail loop detected.", .soft, .networkError),
            .init("550 Local CT IP Reputation - (reject)", .blocked, .badReputation),
            .init("451 Open relay not allowed", .blocked, .relayDenied),
            .init(
                "451 Internal resource temporarily unavailable - "
                    + "https://community.mimecast.com/docs#451 [#]",
                .soft, .serverError),
            .init("550 Invalid Recipient", .hard, .userUnknown),
            .init("451 Account inbounds disabled.", .soft, .mailboxDisabled),
            .init("451 Account service is temporarily unavailable", .soft, .serverError),
            .init("421 Sender address blocked", .blocked, .senderRejected),
            .init("421 Unable to process connection at this time", .soft, .serverError),
        ])

    /// By smtpfieldmanual.com/provider/proofpoint.
    static let proofpoint = HostReplies(
        "Proofpoint",
        [
            .init(
                "550 5.7.1 Service unavailable; client [192.0.2.1] blocked using "
                    + "prs.proofpoint.com",
                .blocked, .ipBlocked),
            .init(
                "550 5.7.1 Service unavailable; client [192.0.2.1] blocked using "
                    + "Cloudmark Sender Intelligence (Visit "
                    + "http://csi.cloudmark.com/reset-request/ if you feel this is in error)",
                .blocked, .ipBlocked),
            .init(
                "550 5.1.1 - This is not a valid email address. Please verify that you "
                    + "have the correct email address for your recipient.",
                .hard, .userUnknown),
            .init("550 5.7.0 Email rejected per sender's DMARC policy", .blocked, .authFailure),
            .init(
                "550 5.7.1 <user@example.com>: Recipient address rejected: User email "
                    + "address is marked as invalid.",
                .hard, .userUnknown),
            .init(
                "554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1",
                .blocked, .ipBlocked),
            .init(
                "421 4.1.1 <user@example.com>: Recipient address rejected: unverified "
                    + "address: Address verification in progress",
                .soft, .serverError),
        ])

    /// By smtpfieldmanual.com/provider/barracuda.
    static let barracuda = HostReplies(
        "Barracuda",
        [
            .init(
                "550 permanent failure for one or more recipients "
                    + "(user@example.com:blocked)",
                .blocked, .policy),
            .init(
                "450 cuda_nsu 4.7.1 <user@example.com>: Recipient address rejected: "
                    + "Policy Rejection- Abuse. Go away.",
                .blocked, .policy),
            .init("554 rejected due to spam URL in content", .blocked, .spamContent),
            .init("554 rejecting banned content", .blocked, .virus),
            .init("550 rejecting spoofed message", .blocked, .authFailure),
            .init("422 License Expired", .soft, .serverError),
            .init("550 cuda_nsu 5.1.1 <user@example.com>... User unknown", .hard, .userUnknown),
        ])

    /// By knowledge.broadcom.com/external/article/162445, smtpfieldmanual.com.
    static let symantec = HostReplies(
        "Symantec",
        [
            .init(
                "553 Message filtered. Refer to the Troubleshooting page at "
                    + "http://www.symanteccloud.com/troubleshooting for more information. "
                    + "(#5.7.1)",
                .blocked, .spamContent),
            .init(
                "553 you are trying to use me [server-1.messagelabs.com] as a relay, but "
                    + "I have not been configured to let you [192.0.2.1, example.com] do this.",
                .blocked, .relayDenied),
            .init("553 Envelope sender rejected", .blocked, .senderRejected),
            .init(
                "552 MS-Office file containing VBA macros found inside of the email",
                .blocked, .virus),
        ])

    /// By cisco.com/c/en/us/support/docs/security/email-security-appliance.
    static let cisco = HostReplies(
        "Cisco",
        [
            .init(
                "554 Your access to this mail system has been rejected due to the "
                    + "sending MTA's poor reputation. If you believe that this failure is in "
                    + "error, please contact the intended recipient via alternate means.",
                .blocked, .badReputation),
            .init(
                "550 #5.7.1 Your access to submit messages to this e-mail system has "
                    + "been rejected.",
                .blocked, .ipBlocked),
            .init("550 #5.7.1 SPF unauthorized mail is prohibited.", .blocked, .authFailure),
            .init(
                "451 #4.4.3 Temporary error occurred during SPF verification.",
                .soft, .dnsTemporary),
        ])

    /// By success.trendmicro.com, smtpfieldmanual.com/provider/trendmicro.
    static let trendMicro = HostReplies(
        "Trend Micro",
        [
            .init(
                "550 5.7.1 <user@example.com>: Recipient address rejected: "
                    + "ERS-Customized-Block.",
                .blocked, .ipBlocked),
            .init(
                "554 5.7.1 <user@example.com>: Recipient address rejected: BLOCK-SEND-ER.",
                .blocked, .policy),
            .init(
                "554 5.7.1 <user@example.com>: Recipient address rejected: "
                    + "Invalid-Recipient.",
                .hard, .userUnknown),
            .init(
                "554 5.7.1 <user@example.com>: Recipient address rejected: NO-DOMAIN.",
                .blocked, .relayDenied),
            .init(
                "554 5.7.1 <user@example.com>: Recipient address rejected: BLOCK-RCPT.",
                .blocked, .policy),
            .init(
                "550 Mail from 192.0.2.1 refused by rbl-plus.mail-abuse.org. Please "
                    + "refer to http://mail-abuse.org/rbl+ for an explanation",
                .blocked, .ipBlocked),
            .init(
                "550 Service unavailable; Client host [192.0.2.1] blocked using Trend "
                    + "Micro RBL+. Please see "
                    + "http://www.mail-abuse.com/cgi-bin/lookup?ip_address=192.0.2.1",
                .blocked, .ipBlocked),
        ])
}
