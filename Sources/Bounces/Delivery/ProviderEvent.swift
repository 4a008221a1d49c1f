import Crypto
package import FoundationEssentials

/// Something that happened to one message to one recipient, as a provider reports it.
package struct ProviderEvent: Hashable, Sendable {
    /// The source from which it was read, as `bounces`.
    package var source: String
    /// The provider's unique key of the event, by which it is stored once however often it is read;
    /// a long key is cut and its hash appended, since an index limits its entries.
    package var key: String
    package var occurredAt: Date
    package var kind: EventKind
    /// The recipient's address as the provider states it; may be empty or no address.
    package var recipient: String
    /// Our tenant's id, where the provider returned it.
    package var tenantID: Int64?
    /// The id of our dispatch, where the provider returned it.
    package var dispatchID: UUID?
    /// The number of our attempt, where it was returned too.
    package var attempt: Int?
    /// The provider's own id of the message; nil where it states none.
    package var providerMessageID: String?
    /// The SMTP reply code, where it is given separately from the text.
    package var replyCode: Int?
    /// The RFC 3463 code, where it is given separately from the text.
    package var enhancedCode: String?
    /// The receiving server's words, or the provider's; empty for none.
    package var text: String
    /// The provider's own type, as `bounce/Invalid Address`.
    package var providerType: String
    /// The suppression list that this event put the address on; nil for none.
    package var suppressionList: String?
    /// The event as it was read, in JSON.
    package var raw: String
    /// Who reports it, and so how far it is trusted.
    package var origin: EventOrigin

    /// Cuts a long key as described there.
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

/// The kind of an event, before any classification.
package enum EventKind: String, Codable, Sendable, CaseIterable {
    /// The provider has accepted it and is working on it.
    case processed
    /// The receiving server asked to wait; the provider keeps trying.
    case deferred
    /// The receiving server has accepted it.
    case delivered
    /// Given up, or rejected by the receiving side; the classifier determines the class.
    case bounced
    /// Not attempted, since the address is on the provider's suppression list.
    case dropped
    /// The recipient marked a message as spam.
    case complained
}
