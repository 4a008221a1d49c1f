/// The three ways in which a dispatch fails outside the system, and what is no bounce at all.
package enum BounceClass: String, Codable, Sendable, CaseIterable {
    /// The address cannot receive mail from anyone.
    case hard
    /// The address is plausible; state, size, time or transport stopped it, or nobody knows what.
    case soft
    /// Somebody on the receiving side, or our provider's suppression list, refuses our mail.
    case blocked
    /// Not a bounce: an auto-reply, a delivery.
    case other
}

/// What it is that failed.
package enum BounceScope: String, Codable, Sendable, CaseIterable {
    case recipient
    case sender
    case message
    case transport
}

/// The fine reason of a bounce; it fixes the class (see `Classifier`).
package enum BounceReason: String, Codable, Sendable, CaseIterable {
    case userUnknown = "user_unknown"
    case invalidAddress = "invalid_address"
    case addressMoved = "address_moved"
    case domainUnknown = "domain_unknown"
    case domainNoMail = "domain_no_mail"
    case mailboxDisabled = "mailbox_disabled"
    case mailboxFull = "mailbox_full"
    case systemFull = "system_full"
    case messageTooBig = "message_too_big"
    case rateLimited = "rate_limited"
    case greylisted
    case tooManyConnections = "too_many_connections"
    case serverError = "server_error"
    case networkError = "network_error"
    case dnsTemporary = "dns_temp"
    case expired
    case mailerError = "mailer_error"
    case protocolError = "protocol_error"
    case complaint
    case suppressed
    case recipientFilter = "recipient_filter"
    case ipBlocked = "ip_blocked"
    case badReputation = "bad_reputation"
    case geoBlocked = "geo_blocked"
    case spamContent = "spam_content"
    case virus
    case contentError = "content_error"
    case badFormat = "bad_format"
    case authFailure = "auth_failure"
    case missingPTR = "missing_ptr"
    case tlsRequired = "tls_required"
    case security
    case policy
    case senderRejected = "sender_rejected"
    case relayDenied = "relay_denied"
    case undetermined
    case vacation
    case delivered
    case challenge
}

/// What a bounce is evidence of.
package struct BounceEvidence: Hashable, Sendable {
    package var replyCode: Int?
    package var enhancedCode: String?
    package var text: String
    /// The provider's name and its own type, as `sendgrid` and `bounce/Invalid Address`.
    package var provider: String?
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

/// What the classifier makes of a bounce, and why.
package struct BounceClassification: Hashable, Codable, Sendable {
    package var bounceClass: BounceClass
    package var reason: BounceReason
    package var scope: BounceScope?
    /// A 4xx, or temporary wording: the same mail may go through later.
    package var transient: Bool
    /// 0 to 1.
    package var confidence: Double
    /// Which rule or which words decided, as `text: mailbox full`.
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
