import Bounces
import Testing

/// Bounces whose answer follows from the decision table alone, contradictory codes among them.
struct DecisionVector: Sendable, CustomTestStringConvertible {
    var reply: Int?
    var enhanced: String?
    var text: String
    var reason: BounceReason
    var bounceClass: BounceClass
    /// Why the answer is what it is.
    var why: String

    init(
        _ reply: Int?, _ enhanced: String?, _ text: String, _ reason: BounceReason,
        _ bounceClass: BounceClass, _ why: String
    ) {
        self.reply = reply
        self.enhanced = enhanced
        self.text = text
        self.reason = reason
        self.bounceClass = bounceClass
        self.why = why
    }

    var testDescription: String {
        "\(reply.map(String.init) ?? "-") \(enhanced ?? "-") \(text.prefix(60))"
    }

    static let all: [DecisionVector] = [
        DecisionVector(
            550, "5.2.2",
            "<user@b.example>... Mailbox Full",
            .mailboxFull, .soft, "full is a state of a valid mailbox; 5xx does not make it hard"),
        DecisionVector(
            552, "5.1.1",
            "Boite du destinataire pleine. Recipient overquota. OFR_417",
            .mailboxFull, .soft, "text beats 5.1.1"),
        DecisionVector(
            550, "5.1.1",
            "Recipient address rejected: Mailbox full",
            .mailboxFull, .soft, "text beats 5.1.1"),
        DecisionVector(
            554, "4.2.2",
            "mailbox over quota",
            .mailboxFull, .soft, "class contradiction, subject.detail agrees"),
        DecisionVector(
            550, "5.7.1",
            "No such user - gsmtp",
            .userUnknown, .hard, "text beats x.7.1"),
        DecisionVector(
            553, "5.7.1",
            "sorry, no mailbox here by that name",
            .userUnknown, .hard, "text beats x.7.1"),
        DecisionVector(
            450, "4.1.1",
            "<user@b.example>: Recipient address rejected: User unknown",
            .userUnknown, .hard, "the address statement outranks the class once final"),
        DecisionVector(
            550, "5.4.1",
            "Recipient address rejected: Access denied "
                + "[x.prod.protection.outlook.com]",
            .userUnknown, .hard, "Exchange directory-based edge blocking = no such recipient"),
        DecisionVector(
            550, "5.2.1",
            "Mailbox unavailable. Your IP address 192.0.2.1 is blacklisted using "
                + "SPAMHAUS-XBL",
            .ipBlocked, .blocked, "named blocklist outranks generic mailbox words"),
        DecisionVector(
            550, "5.2.1",
            "The user you are trying to contact is receiving mail at a rate that "
                + "prevents additional messages from being delivered",
            .rateLimited, .soft, "rate text beats 5.2.1 disabled"),
        DecisionVector(
            550, "5.2.1",
            "The email account that you tried to reach is disabled",
            .mailboxDisabled, .hard, "no mail can be received there"),
        DecisionVector(
            452, "4.2.1",
            "mailbox temporarily disabled",
            .mailboxDisabled, .soft, "temporary wording / 4xx"),
        DecisionVector(
            550, "5.7.1",
            "User temporarily locked. Please try again later!",
            .mailboxDisabled, .soft, "temporary wording beats 5xx"),
        DecisionVector(
            525, "4.7.13",
            "user account is disabled",
            .mailboxDisabled, .hard,
            "reply class 5 and IANA meaning of x.7.13; enhanced class ignored (see the tie rule)"),
        DecisionVector(
            554, "5.4.7",
            "[internal] (last transfail: 452-4.2.2 out of storage space)",
            .mailboxFull, .soft, "expired: take the embedded last cause"),
        DecisionVector(
            554, "5.4.7",
            "[internal] (last transfail: 454 4.4.4 no MX or A for domain)",
            .domainUnknown, .hard, "expired, and the last cause is a non-existent mail domain"),
        DecisionVector(
            550, "4.4.7",
            "QUEUE.Expired; message expired",
            .expired, .soft, "4xx that expired"),
        DecisionVector(
            551, "4.4.1",
            "connection timed out",
            .networkError, .soft, "transport"),
        DecisionVector(
            450, "4.4.3",
            "Name server timeout; temporary lookup failure",
            .dnsTemporary, .soft, "SERVFAIL/timeout is not NXDOMAIN"),
        DecisionVector(
            550, "5.1.2",
            "Host unknown (Name server: host not found)",
            .domainUnknown, .hard, "NXDOMAIN"),
        DecisionVector(
            556, "5.1.10",
            "Recipient address has a null MX",
            .domainNoMail, .hard, "RFC 7505"),
        DecisionVector(
            550, "5.4.310",
            "DNS domain b.example does not exist",
            .domainUnknown, .hard, "Exchange Online"),
        DecisionVector(
            550, "5.1.8",
            "Domain of sender address does not exist",
            .senderRejected, .blocked, "sender side, says nothing about the recipient"),
        DecisionVector(
            550, "5.7.26",
            "Unauthenticated email from x.example is not accepted due to domain's "
                + "DMARC policy",
            .authFailure, .blocked, "sender must fix; do not suppress the address"),
        DecisionVector(
            550, "5.7.25",
            "The IP address sending this message does not have a PTR record",
            .missingPTR, .blocked, "sender must fix"),
        DecisionVector(
            421, "4.7.0",
            "[TSS04] Messages from 192.0.2.25 temporarily deferred due to "
                + "unexpected volume or user complaints",
            .badReputation, .blocked, "reputation named; transient=1"),
        DecisionVector(
            421, "4.7.28",
            "Gmail has detected an unusual rate of unsolicited mail originating "
                + "from your IP address",
            .badReputation, .blocked, "reputation named; transient=1"),
        DecisionVector(
            421, "4.7.1",
            "Messages to user@icloud.example deferred due to excessive volume. Try "
                + "again later",
            .rateLimited, .soft, "volume only, no reputation or spam words"),
        DecisionVector(
            451, "4.7.1",
            "Greylisting in action, please come back later",
            .greylisted, .soft, "greylist"),
        DecisionVector(
            450, "4.7.1",
            "Service unavailable; client [192.0.2.1] blocked using grey.rbl - "
                + "Greylisting in action",
            .greylisted, .soft, "greylist outranks \"blocked using\""),
        DecisionVector(
            554, "5.7.1",
            "Service unavailable; Client host [192.0.2.1] blocked using "
                + "zen.spamhaus.org",
            .ipBlocked, .blocked, "DNSBL"),
        DecisionVector(
            550, "5.7.1",
            "Message rejected as spam by content filtering",
            .spamContent, .blocked, "content"),
        DecisionVector(
            552, "5.7.0",
            "This message was blocked because its content presents a potential "
                + "security issue",
            .virus, .blocked, "552 is not a quota here"),
        DecisionVector(
            552, "5.3.4",
            "Message size exceeds fixed limit",
            .messageTooBig, .soft, "size"),
        DecisionVector(
            554, "5.7.1",
            "Relay access denied",
            .relayDenied, .blocked, "domain not served there; repeat => review as dead domain"),
        DecisionVector(
            550, "5.7.129",
            "You do not have permission to send to this recipient "
                + "(RestrictedSenders)",
            .recipientFilter, .blocked, "recipient refuses us"),
        DecisionVector(
            554, "5.7.1",
            "Your mail could not be delivered because the recipient is only "
                + "accepting mail from specific email addresses",
            .recipientFilter, .blocked, "recipient refuses us"),
        DecisionVector(
            550, nil,
            "Requested action not taken: mailbox unavailable",
            .userUnknown, .hard, "RFC 5321 wording, no other evidence"),
        DecisionVector(
            554, nil,
            "Transaction failed",
            .undetermined, .soft, "nothing said; never suppress on it"),
        DecisionVector(
            nil, nil,
            "",
            .undetermined, .soft, "empty event; use the provider's own type if present"),
        DecisionVector(
            554, "5.4.6",
            "Too many hops",
            .networkError, .soft, "loop: not a statement about the address"),
    ]
}
