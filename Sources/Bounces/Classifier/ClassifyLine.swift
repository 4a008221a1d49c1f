/// A bounce as `budstikke classify` reads it: a line of JSON.
///
/// Every key may be missing or null. A code may be a number or a string, since providers differ.
package struct ClassifyRequest: Codable, Sendable {
    package var evidence: BounceEvidence

    private enum CodingKeys: String, CodingKey {
        case replyCode = "reply_code"
        case enhancedCode = "enhanced_code"
        case text, provider, type
    }

    package init(_ evidence: BounceEvidence) {
        self.evidence = evidence
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        evidence = BounceEvidence(
            replyCode: try values.decodeIfPresent(LenientCode.self, forKey: .replyCode)?.number,
            enhancedCode: try values.decodeIfPresent(LenientCode.self, forKey: .enhancedCode)?.text,
            text: try values.decodeIfPresent(String.self, forKey: .text) ?? "",
            provider: try values.decodeIfPresent(String.self, forKey: .provider),
            type: try values.decodeIfPresent(String.self, forKey: .type))
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(evidence.replyCode, forKey: .replyCode)
        try values.encodeIfPresent(evidence.enhancedCode, forKey: .enhancedCode)
        try values.encode(evidence.text, forKey: .text)
        try values.encodeIfPresent(evidence.provider, forKey: .provider)
        try values.encodeIfPresent(evidence.type, forKey: .type)
    }
}

/// A code that is either a number or a string.
private struct LenientCode: Decodable {
    var text: String
    var number: Int? { Int(text) }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        let words = try (try? value.decode(Int.self)).map(String.init) ?? value.decode(String.self)
        text = String(words.filter { !$0.isWhitespace })
    }
}

/// The classification as a line of JSON; the fields are those of `BounceClassification`.
package struct ClassifyAnswer: Codable, Hashable, Sendable {
    package var bounceClass: BounceClass
    package var reason: BounceReason
    package var scope: BounceScope?
    package var transient: Bool
    package var confidence: Double
    package var evidence: String
    /// Whether a person should look at it.
    package var review: Bool

    private enum CodingKeys: String, CodingKey {
        case bounceClass = "class"
        case reason, scope, transient, confidence, evidence, review
    }

    package init(_ classification: BounceClassification) {
        bounceClass = classification.bounceClass
        reason = classification.reason
        scope = classification.scope
        transient = classification.transient
        confidence = classification.confidence
        evidence = classification.evidence
        review = classification.needsReview
    }
}
