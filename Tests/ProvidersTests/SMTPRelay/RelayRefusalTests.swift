import Bounces
import Dispatching
import Foundation
import Invoicing
import Testing

@testable import Providers
@testable import Transport

/// Whom a relay's no is about: what it says of our account must never be the customer's bounce,
/// and what it says of the recipient must be one.
@Suite struct RelayRefusalTests {
    private static let now = Date(timeIntervalSince1970: 1_750_000_000)

    private func refusal(_ line: String, at stage: SMTPFailure.Stage) throws -> Refusal {
        let reply = try #require(SMTPReply([Array(line.utf8)]))
        return RelayRefusals.refusal(
            reply, at: stage, line,
            evidence: BounceEvidence(
                replyCode: reply.code, enhancedCode: reply.enhancedCode, text: line,
                provider: "smtp", type: "relay/\(stage)"), now: Self.now)
    }

    /// Each is said at MAIL, at RCPT, at DATA or after the message, and means the same.
    @Test(arguments: [
        ("550 5.7.64 TenantAttribution; Relay Access Denied", "account/unauthorized"),
        ("554 5.7.1 <a@kunde.example>: Relay access denied", "account/unauthorized"),
        ("550 5.7.1 Unable to relay for a@kunde.example", "account/unauthorized"),
        ("550 5.7.1 <a@kunde.example>... Relaying denied", "account/unauthorized"),
        ("550 relay not permitted", "account/unauthorized"),
        (
            "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
            "account/unauthorized"
        ),
        ("550-5.7.1 Invalid credentials for relay [203.0.113.9].", "account/unauthorized"),
        (
            "550 5.7.30 Basic authentication is not supported for Client Submission.",
            "account/unauthorized"
        ),
        (
            "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
            "account/unauthorized"
        ),
        ("525 5.7.1 Unauthorized IP address", "account/unauthorized"),
        ("525 5.7.13 User account disabled", "account/notAllowed"),
        ("530 5.7.0 Authentication required", "account/unauthorized"),
        ("530 5.7.57 Client not authenticated to send mail", "account/unauthorized"),
        ("534 5.7.9 Application-specific password required", "account/unauthorized"),
        ("535 5.7.8 Error: authentication failed", "account/unauthorized"),
        ("538 5.7.11 Encryption required", "account/unauthorized"),
        ("550 5.7.1 Client was not authenticated", "account/unauthorized"),
        (
            "554 5.7.1 <host[203.0.113.9]>: Client host rejected: Access denied",
            "account/unauthorized"
        ),
        (
            "554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.spamhaus.org",
            "account/unauthorized"
        ),
        ("554 sending suspended for this account", "account/notAllowed"),
        ("554 5.7.1 Your account has been suspended", "account/notAllowed"),
        ("554 Transaction failed: Sending paused for this account.", "account/notAllowed"),
        ("550 5.1.8 Access denied, bad outbound sender", "account/notAllowed"),
        ("550 5.7.501 Access denied, spam abuse detected", "account/notAllowed"),
        ("550 5.7.705 Access denied, tenant has exceeded threshold", "account/notAllowed"),
        ("550 Outgoing mail from post@fjord.example has been suspended", "account/notAllowed"),
        ("550 5.7.1 You are not allowed to send mail from this account", "account/notAllowed"),
        (
            "553 5.7.1 <b@fjord.example>: Sender address rejected: not owned by user fjord",
            "account/notAllowed"
        ),
        ("550 Sender verify failed", "account/notAllowed"),
        ("550 5.4.5 Daily user sending quota exceeded.", "account/exhausted"),
        ("550 5.4.5 Daily SMTP relay sending limit exceeded for customer.", "account/exhausted"),
        ("550 5.4.6 You have reached a limit for sending mail.", "account/exhausted"),
        ("452 4.5.3 Too many recipients", "account/exhausted"),
        ("452 4.5.3 Your message has too many recipients.", "account/exhausted"),
        ("550 5.5.3 Too many recipients", "account/exhausted"),
        ("452 4.3.1 Maximum number of recipients in a period reached", "account/exhausted"),
        (
            "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException",
            "account/exhausted"
        ),
        (
            "554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException",
            "account/exhausted"
        ),
        (
            "550 5.1.90 You have reached your daily limit for message recipients",
            "account/exhausted"
        ),
        ("454 Throttling failure: Daily message quota exceeded", "account/exhausted"),
        ("451 Authentication failed: Maximum credits exceeded", "account/exhausted"),
        (
            "550 Domain fjord.example has exceeded the max emails per hour (501/500) allowed.",
            "account/exhausted"
        ),
        (
            "554 5.7.1 <a@kunde.example>: Recipient address rejected: You have exceeded your quota.",
            "account/exhausted"
        ),
        ("450 4.7.1 Hourly limit reached, try again in 20 minutes", "account/exhausted"),
        ("454 Throttling failure: Maximum sending rate exceeded", "provider/busy"),
        ("432 4.3.2 Concurrent connections limit exceeded", "provider/busy"),
        ("421 4.7.0 Too many connections", "provider/busy"),
        ("450 4.2.1 Peak SMTP relay limit exceeded for customer.", "provider/busy"),
        (
            "550 5.7.60 Client does not have permissions to send as this sender",
            "sender/notAllowed"
        ),
        ("554 Message rejected: Email address is not verified.", "sender/notAllowed"),
        ("550 5.7.1 Unconfigured Sending Domain <fjord.example>", "sender/notAllowed"),
        (
            "550 The from address does not match a verified Sender Identity.",
            "sender/notAllowed"
        ),
    ])
    func `what is said of our account is never the customer's bounce`(
        _ line: String, _ place: String
    ) throws {
        for stage in [SMTPFailure.Stage.sender, .recipient, .data, .message] {
            let refusal = try refusal(line, at: stage)
            #expect(refusal.place == place, "\(stage)")
            #expect(refusal.evidence == nil)
            #expect(!refusal.isVerdict)
        }
    }

    @Test(arguments: [
        "550 5.1.1 <a@kunde.example>: Recipient address rejected: User unknown",
        "550 5.1.1 The email account that you tried to reach does not exist.",
        "550 5.1.2 Domain not found",
        "550 5.2.1 The email account that you tried to reach is disabled",
        "552 5.2.2 Mailbox full",
        "552 5.2.2 The email account that you tried to reach is over quota.",
        "550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents more",
        "550 5.2.121 Recipient's per hour message receive limit exceeded",
        "554 5.7.1 <a@kunde.example>: Recipient address rejected: Access denied",
        "550 5.7.1 You are not allowed to send mail to this group",
        "550 5.7.1 Message rejected as spam by content filter",
        "554 5.7.1 Message refused by policy",
        "550 account suspended", "554 delivery error: user has exceeded his quota",
        "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
        "550 5.2.1 The user you are trying to contact has reached a daily limit.",
        "550 5.7.1 The recipient has exceeded a sending limit; mailbox is full",
        // What another server said to the relay.
        "550 5.1.1 <a@kunde.example>: Recipient address rejected: undeliverable address: host"
            + " mx.kunde.example[198.51.100.1] said: 554 5.7.1 Client host [203.0.113.9] blocked",
        "550 5.7.1 host mx.kunde.example said: 550 relay access denied (in reply to RCPT TO)",
    ])
    func `what is said of the recipient is a bounce with its evidence`(_ line: String) throws {
        for stage in [SMTPFailure.Stage.recipient, .data, .message] {
            let refusal = try refusal(line, at: stage)
            #expect(refusal.place == "recipient/bounced", "\(stage)")
            #expect(refusal.evidence?.text == line)
            #expect(refusal.isVerdict)
        }
    }

    @Test(
        arguments: [
            (
                "450 4.7.1 <a@kunde.example>: Recipient address rejected: Greylisted for 300 seconds",
                300
            ),
            ("451 4.7.1 Greylisting in action, please come back in 00:05:00", nil),
            ("450 4.2.0 mailbox busy", nil), ("452 4.2.2 Mailbox full", nil),
            ("450 4.2.1 The user you are trying to contact is receiving mail too quickly.", nil),
            ("451 4.1.8 try later", nil),
            (
                "452 4.5.3 Domain policy size per transaction exceeded, please try this recipient in a"
                    + " separate transaction", nil
            ),
            ("450 4.1.2 <a@kunde.example>: Recipient address rejected: Domain not found", nil),
        ] as [(String, Int?)])
    func `what may pass for the recipient waits, and is no attempt`(
        _ line: String, _ seconds: Int?
    ) throws {
        for stage in [SMTPFailure.Stage.recipient, .data, .message] {
            let refusal = try refusal(line, at: stage)
            #expect(refusal.place == "recipient/notYet", "\(stage)")
            #expect(refusal.retryAfterSeconds == seconds)
            #expect(!refusal.isVerdict)
        }
    }

    @Test(arguments: [
        ("421 4.3.2 Service not available", "provider/down"),
        ("421 4.7.0 try again later", "provider/busy"), ("450 busy", "provider/busy"),
        ("454 4.7.0 Temporary authentication failure", "provider/down"),
        ("554 5.7.1 Access denied", "account/unauthorized"), ("554 no", "account/unauthorized"),
        ("535 5.7.8 no", "account/unauthorized"), ("550 account disabled", "account/notAllowed"),
        ("421 4.7.0 daily limit exceeded", "account/exhausted"),
    ])
    func `at the greeting and the log-in it is about us or the relay`(
        _ line: String, _ place: String
    ) throws {
        #expect(try refusal(line, at: .connection).place == place)
    }

    @Test(arguments: [
        ("451 4.7.0 too many messages, slow down", "provider/busy"),
        ("452 4.3.1 Insufficient system storage", "provider/down"),
        (
            "450 4.1.8 <b@fjord.example>: Sender address rejected: Domain not found",
            "account/notAllowed"
        ),
        ("552 5.3.4 Message size exceeds fixed limit", "message/content"),
        ("550 suspended", "account/notAllowed"), ("550 no", "unknown/unknown"),
        ("501 5.1.7 Bad sender address syntax", "account/misconfigured"),
    ])
    func `at MAIL nothing is about a recipient`(_ line: String, _ place: String) throws {
        #expect(try refusal(line, at: .sender).place == place)
    }

    @Test(arguments: [
        ("552 5.3.4 Error: message file too big", "message/content"),
        ("552 Message size exceeds maximum permitted", "message/content"),
        ("452 4.3.1 Insufficient system storage", "provider/down"),
        ("451 4.3.5 Server configuration error", "provider/down"),
        ("421 4.3.2 mail.example shutting down", "provider/down"),
        ("421 4.7.0 closing connection", "provider/busy"),
    ])
    func `the relay's own state and the size are no recipient's`(
        _ line: String, _ place: String
    ) throws {
        #expect(try refusal(line, at: .message).place == place)
        #expect(try refusal(line, at: .data).place == place)
    }
}
