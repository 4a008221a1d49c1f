import Wire

/// The provider's own classification of a bounce, by its types.
struct ProviderOpinion {
    var reason: BounceReason
    var confidence: Double
    var evidence: String
    /// Whether the provider itself decided the event, so that a server's words don't matter.
    var isDecisive: Bool
}

extension ProviderOpinion {
    /// The first row of the provider's table, or of the common one, whose word is in the type; nil
    /// where the provider gave no type.
    init?(_ evidence: BounceEvidence) {
        guard let type = evidence.type?.lowercased(), !type.isEmpty else { return nil }
        let provider = evidence.provider?.lowercased() ?? ""
        let bytes = Array(type.utf8)
        let text = evidence.text
        let fits = { (row: Row) in row.fits(type: bytes, text: text) }
        guard let row = Self.tables[provider]?.first(where: fits) ?? Self.common.first(where: fits)
        else { return nil }
        reason = row.reason
        isDecisive = row.isDecisive
        confidence = row.isDecisive ? 0.99 : row.confidence
        self.evidence = cleaned("provider: \(provider.isEmpty ? "" : provider + " ")\(type)")
    }

    struct Row {
        /// A part of the type, in lower case.
        var word: String
        var reason: BounceReason
        var isDecisive = false
        var confidence = 0.6
        /// A part of the text, for types that only say that the message was dropped.
        var textWord: String?

        func fits(type: [UInt8], text: String) -> Bool {
            guard type.holds(word) else { return false }
            guard let textWord else { return true }
            return type.holds(textWord)
                || text.utf8.prefix(ClassifierText.bytesMax).map(Self.small).holds(textWord)
        }

        private static func small(_ byte: UInt8) -> UInt8 {
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        }
    }

    private static func decided(
        _ word: String, _ reason: BounceReason, text: String? = nil
    ) -> Row {
        Row(word: word, reason: reason, isDecisive: true, textWord: text)
    }

    private static func prior(
        _ word: String, _ reason: BounceReason, _ confidence: Double = 0.6,
        text: String? = nil
    ) -> Row {
        Row(word: word, reason: reason, confidence: confidence, textWord: text)
    }

    /// Words with the same meaning for every provider.
    private static let common = [
        decided("complain", .complaint), decided("spamreport", .complaint),
        decided("spam_report", .complaint), decided("suppress", .suppressed),
        decided("unsubscribe", .suppressed), decided("dropped", .suppressed),
    ]

    private static let tables = [
        "sendgrid": sendGrid, "postmark": postmark, "mailgun": mailgun, "ses": ses,
    ]

    /// The lists of the Suppressions API, and `bounce_classification` of the Event Webhook.
    ///
    /// An entry in the blocks list is as often an abandoned deferral as a rejection: the words
    /// decide (Twilio SendGrid, Deferrals; Blocks).
    private static let sendGrid = [
        decided("spam_reports", .complaint), decided("spamreport", .complaint),
        decided("dropped", .complaint, text: "spam reporting"),
        decided("dropped", .spamContent, text: "spam content"),
        decided("dropped", .badFormat, text: "smtpapi"),
        decided("dropped", .policy, text: "package quota"),
        decided("dropped", .suppressed), decided("unsubscribe", .suppressed),
        prior("invalid address", .userUnknown), prior("mailbox unavailable", .userUnknown),
        prior("technical", .serverError), prior("frequency", .rateLimited),
        prior("volume", .rateLimited), prior("reputation", .badReputation),
        prior("content", .spamContent), prior("invalid_email", .invalidAddress, 0.8),
        prior("invalid", .invalidAddress), prior("block", .undetermined, 0.3, text: "expired"),
        prior("block", .policy), prior("bounce", .userUnknown),
    ]

    /// The bounce types of the Bounce API.
    private static let postmark = [
        decided("spamcomplaint", .complaint), decided("manuallydeactivated", .suppressed),
        decided("unsubscribe", .suppressed), decided("inactive", .suppressed),
        prior("hardbounce", .userUnknown), prior("bademailaddress", .invalidAddress, 0.8),
        prior("addresschange", .addressMoved), prior("dnserror", .dnsTemporary),
        prior("spamnotification", .spamContent), prior("virusnotification", .virus),
        prior("dmarcpolicy", .authFailure), prior("blocked", .policy),
        prior("autoresponder", .vacation), prior("challengeverification", .challenge),
        prior("softbounce", .undetermined, 0.3), prior("transient", .serverError),
    ]

    /// The reasons of failed events.
    private static let mailgun = [
        decided("suppress-complaint", .complaint), decided("suppress-", .suppressed),
        decided("complained", .complaint), prior("bounce/soft", .undetermined, 0.3),
        prior("espblock", .policy),
        prior("blacklisted", .ipBlocked), prior("greylisted", .greylisted),
        prior("old", .expired), prior("hardfail", .userUnknown), prior("rejected", .policy),
    ]

    /// `bounceType/bounceSubType` of the bounce notification.
    private static let ses = [
        decided("suppress", .suppressed), decided("complaint", .complaint),
        prior("noemail", .userUnknown), prior("permanent", .userUnknown),
        prior("mailboxfull", .mailboxFull), prior("messagetoolarge", .messageTooBig),
        prior("contentrejected", .spamContent), prior("attachmentrejected", .virus),
        prior("transient", .serverError),
    ]
}
