/// The class of a bounce: the three ways in which a dispatch fails outside the system, and what is
/// not a bounce.
package enum BounceClass: String, Codable, Sendable, CaseIterable {
    /// The address cannot receive mail from anyone.
    case hard
    /// The address is plausible, but its state, the size, time or transport prevented delivery, or
    /// the cause is not known.
    case soft
    /// Somebody on the receiving side, or our provider's suppression list, rejects our mail.
    case blocked
    /// Not a bounce, such as an auto-reply or a delivery.
    case other
}

/// What failed.
package enum BounceScope: String, Codable, Sendable, CaseIterable {
    /// The recipient's address or mailbox.
    case recipient
    /// Our address, host or authentication.
    case sender
    /// The content, size or format of the message.
    case message
    /// The transfer between servers.
    case transport
}

/// The detailed reason of a bounce, which determines the class (see `Classifier`).
package enum BounceReason: String, Codable, Sendable, CaseIterable {
    /// There is no such user or mailbox.
    case userUnknown = "user_unknown"
    /// The address is syntactically invalid.
    case invalidAddress = "invalid_address"
    /// The user has moved to another address.
    case addressMoved = "address_moved"
    /// The recipient's domain does not exist.
    case domainUnknown = "domain_unknown"
    /// The domain accepts no mail (null MX, RFC 7505).
    case domainNoMail = "domain_no_mail"
    /// The mailbox exists, but was closed or deactivated.
    case mailboxDisabled = "mailbox_disabled"
    /// The mailbox is over its quota.
    case mailboxFull = "mailbox_full"
    /// The receiving system has no space left.
    case systemFull = "system_full"
    case messageTooBig = "message_too_big"
    /// Too much mail was sent in a short time.
    case rateLimited = "rate_limited"
    /// Rejected for now, since the sender is new to the server; a retry succeeds.
    case greylisted
    case tooManyConnections = "too_many_connections"
    /// An error of the receiving server.
    case serverError = "server_error"
    /// The receiving server can't be reached, or the connection broke.
    case networkError = "network_error"
    /// A DNS lookup failed for now.
    case dnsTemporary = "dns_temp"
    /// The message could not be delivered before its time limit.
    case expired
    /// The program that delivers locally failed.
    case mailerError = "mailer_error"
    /// The servers disagreed on the SMTP protocol.
    case protocolError = "protocol_error"
    /// The recipient marked a message as spam.
    case complaint
    /// The address is on our provider's suppression list, so nothing was sent.
    case suppressed
    /// The recipient accepts mail from certain senders only, or has filtered it out.
    case recipientFilter = "recipient_filter"
    /// Our IP address is on a block list.
    case ipBlocked = "ip_blocked"
    /// Our host or domain has a bad reputation.
    case badReputation = "bad_reputation"
    /// Mail from our country or region is rejected.
    case geoBlocked = "geo_blocked"
    /// The content was taken for spam.
    case spamContent = "spam_content"
    /// The message, or an attachment, was taken for malicious.
    case virus
    /// The content or a type of attachment is not allowed.
    case contentError = "content_error"
    /// The message violates a standard for mail.
    case badFormat = "bad_format"
    /// SPF, DKIM or DMARC failed.
    case authFailure = "auth_failure"
    /// Our IP address has no matching reverse DNS entry.
    case missingPTR = "missing_ptr"
    /// The server requires TLS, or another level of encryption.
    case tlsRequired = "tls_required"
    /// Rejected for security reasons, such as missing SMTP authentication.
    case security
    /// Rejected by a rule of the receiving organisation that it does not state.
    case policy
    /// Our sender address or domain is rejected.
    case senderRejected = "sender_rejected"
    /// The server does not accept mail for the recipient's domain.
    case relayDenied = "relay_denied"
    /// The cause is not known.
    case undetermined
    /// An automatic reply that the recipient is away.
    case vacation
    /// A report of a successful delivery.
    case delivered
    /// A request to confirm that a person sent the message.
    case challenge
}

/// The evidence from which a bounce is classified.
package struct BounceEvidence: Hashable, Sendable {
    /// The SMTP reply code, 400 to 599; nil where only the text has it, if at all.
    package var replyCode: Int?
    /// The RFC 3463 code, as `5.1.1`; nil where only the text has it, if at all.
    package var enhancedCode: String?
    /// The server's words; empty for none.
    package var text: String
    /// The provider's name, as `sendgrid`; nil for evidence without a provider.
    package var provider: String?
    /// The provider's own type, as `bounce/Invalid Address`; nil where it has none.
    package var type: String?

    package init(
        replyCode: Int? = nil, enhancedCode: String? = nil, text: String = "",
        provider: String? = nil, type: String? = nil
    ) {
        self.replyCode = replyCode
        self.enhancedCode = enhancedCode
        self.text = text
        self.provider = provider
        self.type = type
    }
}

/// The result of classifying a bounce, and why.
package struct BounceClassification: Hashable, Codable, Sendable {
    package var bounceClass: BounceClass
    package var reason: BounceReason
    /// Nil where the cause is not known, and where nothing failed.
    package var scope: BounceScope?
    /// Whether the server answered 4xx or worded it as temporary: the same mail may be accepted
    /// later.
    package var transient: Bool
    /// How certain it is, 0 to 1.
    package var confidence: Double
    /// The rule or the words that decided, as `text: mailbox full`.
    package var evidence: String

    package init(
        bounceClass: BounceClass, reason: BounceReason, scope: BounceScope?, transient: Bool,
        confidence: Double, evidence: String
    ) {
        self.bounceClass = bounceClass
        self.reason = reason
        self.scope = scope
        self.transient = transient
        self.confidence = confidence
        self.evidence = evidence
    }
}
