import Dispatching
import FoundationEssentials
import Wire

@testable import Bounces

/// A text that stands on one line of a terminal and in a column of the database.
func checkLine(_ text: String, max: Int, _ name: String) throws {
    let count = text.unicodeScalars.count
    try same(cleaned(text, charactersMax: count), text, "\(name) is one safe line")
    try hold(count <= max, "\(name) has at most \(max) characters")
}

extension ProviderEvent {
    /// Throws where the database could not hold the event, or a person not read it.
    func checkSound() throws {
        try hold(!key.isEmpty && key.utf8.count <= 500, "a key has 1 to 500 bytes: \(key)")
        try checkLine(key, max: 500, "a key")
        try checkLine(recipient, max: 500, "a recipient")
        try checkLine(text, max: BounceMail.textMax, "the server's words")
        try checkLine(providerType, max: 1_001, "the provider's type")
        try checkLine(providerMessageID ?? "", max: 500, "the provider's id")
        try checkLine(enhancedCode ?? "", max: 11, "the enhanced code")
        try hold((200..<600).contains(replyCode ?? 200), "a reply code is SMTP's")
        try hold((1...Self.attemptMax).contains(attempt ?? 1), "an attempt is one of ours")
        let seconds = occurredAt.timeIntervalSince1970
        try hold((946_684_800...7_258_118_401).contains(seconds), "\(seconds) is a time")
        try hold(!raw.utf8.contains(0), "no database takes U+0000")
        try checkClassified()
    }

    private func checkClassified() throws {
        let evidence = BounceEvidence(
            replyCode: replyCode, enhancedCode: enhancedCode, text: text, provider: "sendgrid",
            type: providerType)
        try Classifier().classify(evidence).checkSound()
    }
}

extension BounceClassification {
    func checkSound() throws {
        try same(
            bounceClass, reason.bounceClass(isTransient: transient), "a reason fixes its class")
        try same(scope, reason.scope, "a reason fixes its scope")
        try hold((0...1).contains(confidence), "\(confidence) is a share")
        try checkLine(evidence, max: 1_000, "the evidence")
    }
}
