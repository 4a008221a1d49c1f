import Bounces
import Dispatching
import FoundationEssentials
import Invoicing
import Transport

/// Whom a relay's refusal concerns: our account, the relay itself, this message or this recipient.
///
/// A relay reports all of these at the same point, usually RCPT, so the code decides only where the
/// text does not: a refusal of *our account* must never become the customer's bounce, and one of
/// the recipient must. The rows are in `RelayRefusals+Account` and below.
///
/// Source: RFC 3463, RFC 4954, RFC 5248 and the documentation of Postfix, Exim, sendmail, Exchange
/// Online, Google Workspace, Amazon SES, SendGrid, SparkPost, Mailgun, Brevo and cPanel.
enum RelayRefusals {
    typealias Stage = SMTPFailure.Stage

    /// Interprets a refusal.
    ///
    /// `line` is the reply in readable form; `evidence` is what a bounce would report.
    static func refusal(
        _ reply: SMTPReply, at stage: Stage, _ line: String, evidence: BounceEvidence, now: Date
    ) -> Refusal {
        let row = row(reply, at: stage)
        var refusal = row.refusal(
            line, retryAfterSeconds: RetryAfter.seconds(inWords: reply.text, now: now))
        if row.cause == .bounced { refusal.evidence = evidence }
        return refusal
    }

    private static func row(_ reply: SMTPReply, at stage: Stage) -> RefusalRow {
        func first(_ rows: [RefusalRow]) -> RefusalRow? {
            rows.row(code: reply.code, enhanced: reply.enhancedCode, words: reply.text)
        }
        // Before RCPT, no reply concerns a recipient.
        if stage == .connection || stage == .sender {
            return first(anywhere) ?? first(beforeRecipient)
                ?? first(stage == .connection ? connection : sender)
                ?? RefusalRow(.unknown, .unknown)
        }
        // Another server's answer, quoted by the relay, concerns the recipient whatever its text.
        if first(quoted) == nil, let row = first(anywhere) { return row }
        return reply.isTransient
            ? first(later) ?? RefusalRow(.recipient, .notYet)
            : first(never) ?? RefusalRow(.recipient, .bounced)
    }

    /// Phrases with which a relay quotes another server's answer (Postfix, Exim, sendmail).
    private static let quoted = [
        RefusalRow(
            .recipient, .bounced,
            words: [
                " said: ", "(in reply to ", "response to \"rcpt", "response to rcpt",
                "remote host said", "undeliverable address: host", "callout verification",
            ])
    ]

    /// At the greeting, EHLO, STARTTLS and AUTH: the server does not want us, or not now.
    private static let connection = [
        // RFC 4954 § 6, RFC 3207: log in, or use TLS, first.
        RefusalRow(.provider, .down, codes: [432, 454, 455]),
        RefusalRow(.provider, .down, enhanced: ["4.3.0", "4.3.1", "4.3.2", "4.3.5"]),
        RefusalRow(.provider, .down, words: ["service not available", "shutting down"]),
        RefusalRow(.provider, .busy, codes: Set(400...499)),
        RefusalRow(.account, .unauthorized, codes: Set(500...599)),
    ]

    /// At MAIL: our return path, our account or the relay itself.
    private static let sender = [
        RefusalRow(.message, .content, codes: [552]),
        RefusalRow(.message, .content, enhanced: ["5.3.4", "5.2.3"]),
        // RFC 5321 § 4.2.2: out of storage, local error.
        RefusalRow(.provider, .down, codes: [451, 452], enhanced: ["4.3.0", "4.3.1", "4.3.2"]),
        RefusalRow(.provider, .busy, codes: Set(400...499)),
    ]

    /// After RCPT, a 4xx reply defers this message, unless it concerns the relay's own state (RFC
    /// 3463 § 3.4) or closes the connection.
    private static let later = [
        RefusalRow(.recipient, .notYet, words: ["greylist", "graylist", "grey list", "gray list"]),
        RefusalRow(.provider, .down, enhanced: ["4.3.1", "4.3.2", "4.3.5"]),
        RefusalRow(.provider, .down, words: ["shutting down", "insufficient system"]),
        RefusalRow(.provider, .busy, codes: [421]),
    ]

    /// After RCPT, a 5xx reply is an immediate bounce, unless the message is too large for the
    /// relay.
    private static let never = [
        RefusalRow(.message, .content, enhanced: ["5.3.4"]),
        RefusalRow(
            .message, .content, codes: [552],
            words: ["message size exceeds", "message too large", "message too big"]),
    ]
}

/// What relays say about the account that sends through them.
extension RelayRefusals {
    /// At any stage; the first match counts.
    static let anywhere = limits + rates + logins + suspensions + senders

    /// Phrases about the recipient that are also used about senders.
    private static let ofRecipient = [
        "you are trying to contact", "you tried to reach", "recipient's mailbox",
        "recipients mailbox",
        "mailbox full", "mailbox is full", "over quota", "recipient has exceeded",
        "per hour message receive limit",
    ]

    /// Phrases of a rule about who may write to a recipient.
    private static let toRecipient = [
        "send to ", "sent to ", "send mail to", "send email to", "send messages to",
        "sending to ", "to this recipient", "to the recipient", "to this group",
    ]

    /// A limit of the plan, the day or the hour is exhausted.
    private static let limits = [
        // Exchange Online: "554 5.2.0 STOREDRV.Submission.Exception:
        // SubmissionQuotaExceededException", and 5.2.2 where the sending mailbox is full.
        RefusalRow(
            .account, .exhausted,
            words: ["submissionquotaexceeded", "storedrv.submission", "submission quota"]),
        // Exchange Online 5.1.90, 5.7.232 and 5.7.233: recipients per day or per tenant.
        RefusalRow(.account, .exhausted, enhanced: ["5.1.90", "5.7.232", "5.7.233"]),
        // One recipient per message is never too many at once, so it is a limit over time. Google
        // uses the same code for a rule of the recipient's domain.
        RefusalRow(
            .account, .exhausted, enhanced: ["4.5.3", "5.5.3"],
            unless: ["policy size", "separate transaction"]),
        RefusalRow(
            .account, .exhausted,
            words: [
                // Google Workspace, 550 5.4.5 and 5.4.6.
                "daily user sending", "user sending quota", "sending limit", "sending quota",
                "reached a limit for sending", "reached the limit for sending",
                "daily smtp relay limit", "daily smtp relay sending",
                // Amazon SES, SendGrid, Brevo and others that charge per message.
                "daily message quota", "message quota", "credits exceeded", "out of credits",
                "not enough credits", "insufficient credit", "no credits", "plan limit",
                "account limit", "monthly limit", "monthly quota", "daily limit", "daily quota",
                "hourly limit", "hourly quota", "limit per day", "limit per hour",
                // cPanel's Exim, policyd, and hosts with their own rules.
                "max emails per hour", "max defers and failures", "emails per hour",
                "mails per hour", "messages per hour", "messages per day", "emails per day",
                "mails per day", "recipients per day", "recipients per hour",
                "number of recipients in a period", "recipients in a given period",
                "you have exceeded your", "you exceeded your", "you have reached your",
                "exceeded your quota", "account has exceeded", "sender has exceeded",
                "sender quota", "outgoing quota", "outbound quota", "outgoing limit",
            ], unless: ofRecipient),
    ]

    /// Too fast: the same message may be accepted a moment later.
    private static let rates = [
        RefusalRow(
            .provider, .busy,
            words: [
                "throttl", "maximum sending rate", "sending rate", "submission rate",
                "rate limit", "ratelimit", "peak smtp relay", "too many connections",
                "too many concurrent", "concurrent connection", "connection limit",
                "sender thread limit", "too many messages", "slow down", "too many requests",
            ], unless: ofRecipient + ["greylist", "graylist"])
    ]

    /// The login, or the address that we connect from.
    private static let logins = [
        // "525 5.7.13 user account disabled" (RFC 5248).
        RefusalRow(.account, .notAllowed, enhanced: ["5.7.13"]),
        RefusalRow(.account, .unauthorized, codes: [525, 530, 534, 535, 538]),
        // RFC 4954 § 6 and RFC 5248; Exchange Online: basic authentication is not supported
        // (5.7.30, 5.7.139), no login (5.7.57), no matching connector (5.7.64).
        RefusalRow(
            .account, .unauthorized,
            enhanced: ["5.7.8", "5.7.9", "5.7.11", "5.7.30", "5.7.57", "5.7.64", "5.7.139"]),
        RefusalRow(
            .account, .unauthorized,
            words: [
                "tenantattribution", "basic authentication is", "basic authentication not",
                "authentication required", "authentication is required", "authentication needed",
                "must authenticate", "must be authenticated", "please authenticate",
                "client was not authenticated", "client not authenticated", "not logged in",
                "log in first", "login first", "smtp auth", "pop before smtp",
                // Postfix, sendmail, Exim, Exchange, qmail, Google.
                "relay access denied", "relaying denied", "relay denied", "relay not permitted",
                "relaying not", "unable to relay", "not permitted to relay",
                "not allowed to relay", "relay prohibited", "do not relay", "does not relay",
                "allowed rcpthosts", "credentials for relay",
                // Our address: Postfix, Brevo, Mailjet, the relay's own blocklists.
                "client host rejected", "client host [", "unauthorized ip", "unauthorised ip",
                "ip address is not authorized", "ip address not authorized", "ip not authorized",
                "ip is not authorized", "ip not whitelisted", "ip address is not whitelisted",
            ]),
    ]

    /// The account is disabled for sending, or not yet enabled.
    private static let suspensions = [
        // Exchange Online: spam was sent, the tenant's threshold, an unregistered domain; the first
        // is also RFC 3463's bad sender.
        RefusalRow(
            .account, .notAllowed,
            enhanced: [
                "5.1.8", "5.7.501", "5.7.502", "5.7.503", "5.7.504", "5.7.505", "5.7.700",
                "5.7.701", "5.7.703", "5.7.704", "5.7.705", "5.7.708", "5.7.750",
            ]),
        RefusalRow(
            .account, .notAllowed,
            words: [
                "sending suspended", "sending is suspended", "sending has been suspended",
                "suspended from sending", "suspended for sending", "sending paused",
                "sending is paused", "sending disabled", "sending is disabled",
                "sending has been disabled", "sending is blocked", "blocked from sending",
                "prohibited from sending", "banned from sending", "disabled from sending",
                "outgoing mail hold", "outgoing mail from", "outgoing email is", "outbound mail is",
                "outgoing messages has been blocked",
                "your account is suspended", "your account has been suspended",
                "your account is disabled", "your account has been disabled",
                "your account is blocked", "your account has been blocked",
                "your account is not yet", "your account is not activated",
                "account is not active for sending", "sending account",
                "account under review", "account is under review", "not yet activated",
                "smtp account is not", "not allowed to send mail", "not allowed to send email",
                "not allowed to send messages", "not authorized to send mail",
                "not authorized to send email", "not permitted to send mail",
            ], unless: toRecipient),
    ]

    /// The sender of this tenant's messages, or the return path of all of them.
    private static let senders = [
        // SendGrid, Amazon SES, SparkPost, Mailjet, Exchange ("send as", 5.7.60).
        RefusalRow(.sender, .notAllowed, enhanced: ["5.7.60"]),
        RefusalRow(
            .sender, .notAllowed,
            words: [
                "verified sender", "email address is not verified",
                "identities failed the check", "unconfigured sending domain",
                "sender domain is not", "sending domain", "sendasdenied",
                "send as this sender", "send as this user", "from address is not",
                "from address does not", "unauthorized sender address", "unverified sender",
                "sender is not verified", "domain is not verified", "unauthenticated domain",
            ]),
        // Postfix: "Sender address rejected: not owned by user"; Exim: "Sender verify failed".
        RefusalRow(
            .account, .notAllowed,
            words: [
                "sender address rejected", "sender verify failed", "not owned by user",
                "sender is not allowed", "sender not allowed",
            ], advice: "check provider.return_path and what the relay lets this user send from"),
        RefusalRow(
            .account, .misconfigured, enhanced: ["5.1.7"], advice: "check provider.return_path"),
    ]

    /// At stages before RCPT, where no recipient can be meant.
    static let beforeRecipient = [
        RefusalRow(
            .account, .notAllowed, codes: Set(500...599),
            words: ["suspended", "disabled", "blocked", "locked", "banned", "not allowed"]),
        RefusalRow(
            .account, .exhausted, words: ["quota", "limit reached", "limit exceeded", "credits"]),
    ]
}
