import Crypto
package import FoundationEssentials

/// One thing that a provider says happened to one message to one recipient.
package struct ProviderEvent: Hashable, Sendable {
    /// The source it was read from, as `bounces`.
    package var source: String
    /// Unique at the provider for this event, so that it is stored once however often it is read;
    /// of a long one the beginning and its hash, since an index has no room for what a stranger
    /// may think of.
    package var key: String
    package var occurredAt: Date
    package var kind: EventKind
    package var recipient: String
    /// Our own ids, where the provider carried them.
    package var tenantID: Int64?
    package var dispatchID: UUID?
    /// The attempt of ours, where that was carried too.
    package var attempt: Int?
    package var providerMessageID: String?
    /// The SMTP reply code and RFC 3463 code, where given apart from the text.
    package var replyCode: Int?
    package var enhancedCode: String?
    /// The receiving server's words, or the provider's.
    package var text: String
    /// The provider's own type, as `bounce/Invalid Address`.
    package var providerType: String
    /// The list that the address stands on from now, if this event put it there.
    package var suppressionList: String?
    /// The event as it was read: JSON.
    package var raw: String
    /// Who says it, and so how far it is believed.
    package var origin: EventOrigin

    package init(
        source: String, key: String, occurredAt: Date, kind: EventKind, recipient: String,
        tenantID: Int64? = nil, dispatchID: UUID? = nil, attempt: Int? = nil,
        providerMessageID: String? = nil,
        replyCode: Int? = nil, enhancedCode: String? = nil, text: String = "",
        providerType: String = "",
        suppressionList: String? = nil, raw: String, origin: EventOrigin = .provider
    ) {
        self.source = source
        self.key = Self.bounded(key)
        self.occurredAt = occurredAt
        self.kind = kind
        self.recipient = recipient
        self.tenantID = tenantID
        self.dispatchID = dispatchID
        self.attempt = attempt
        self.providerMessageID = providerMessageID
        self.replyCode = replyCode
        self.enhancedCode = enhancedCode
        self.text = text
        self.providerType = providerType
        self.suppressionList = suppressionList
        self.raw = raw
        self.origin = origin
    }

    private static let keyBytesMax = 500

    private static func bounded(_ key: String) -> String {
        guard key.utf8.count > keyBytesMax else { return key }
        let hash = SHA256.hash(data: Array(key.utf8)).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }.joined()
        var start = String.UnicodeScalarView()
        for scalar in key.unicodeScalars.prefix(100) { start.append(scalar) }
        return "\(String(start))|\(hash)"
    }
}

/// What kind of event it is, before any classification.
package enum EventKind: String, Codable, Sendable, CaseIterable {
    /// The provider has it and is working on it.
    case processed
    /// The receiving server asked to wait; the provider goes on trying.
    case deferred
    case delivered
    /// Given up or refused by the receiving side; which kind, the classifier says.
    case bounced
    /// Not even tried, since the address stands on the provider's suppression list.
    case dropped
    /// The recipient marked a message as spam.
    case complained
}
