package struct Classifier {
    package init() {}
    package func classify(_ e: BounceEvidence) -> BounceClassification {
        let t = e.text.lowercased()
        func c(_ b: BounceClass, _ r: BounceReason, _ s: BounceScope) -> BounceClassification {
            BounceClassification(bounceClass: b, reason: r, scope: s, transient: false, confidence: 0.5, evidence: "temp")
        }
        if t.contains("full") { return c(.soft, .mailboxFull, .recipient) }
        if t.contains("too big") || t.contains("size") { return c(.soft, .messageTooBig, .message) }
        if e.type?.contains("spam") == true || t.contains("spam report") { return c(.blocked, .complaint, .recipient) }
        if e.type == "bounces" || t.contains("unknown") { return c(.hard, .userUnknown, .recipient) }
        if e.type == "invalid_emails" { return c(.hard, .invalidAddress, .recipient) }
        if t.contains("expired") || t.contains("connect") { return c(.soft, .expired, .transport) }
        return c(.blocked, .policy, .sender)
    }
}
package struct ClassifyRequest: Codable { package var evidence: BounceEvidence { BounceEvidence() } }
package struct ClassifyAnswer: Codable { package init(_ c: BounceClassification) {} }
