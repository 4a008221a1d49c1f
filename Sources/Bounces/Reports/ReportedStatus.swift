/// What a report says became of a message for one recipient, whatever it calls it.
struct ReportedStatus {
    /// nil where the fields and the words together say nothing.
    let kind: EventKind?
    /// What the classifier is to go by.
    let text: String
    let replyCode: Int?

    /// `words` is what the server says in prose.
    init(_ recipient: DeliveryStatusNotification.Recipient, words: String) {
        replyCode = Self.replyCode(recipient.diagnostic) ?? recipient.status.replyCode
        kind = Self.kind(recipient, words, replyCode)
        let isFailure = kind == .bounced || kind == .deferred
        text = isFailure ? Self.text(recipient.diagnostic, words) : recipient.diagnostic
    }

    /// The diagnostic; with the words, where it tells nothing by itself.
    private static func text(_ diagnostic: String, _ words: String) -> String {
        guard !diagnostic.isEmpty else { return words }
        let answer = Classifier().classify(BounceEvidence(text: diagnostic))
        return answer.reason == .undetermined && !words.isEmpty
            ? "\(diagnostic) \(words)" : diagnostic
    }

    /// What an action says (RFC 3464 § 2.3.3); a mail that became several has arrived nowhere yet.
    private static func kind(
        _ recipient: DeliveryStatusNotification.Recipient, _ words: String, _ replyCode: Int?
    ) -> EventKind? {
        switch recipient.action {
        case "failed": return .bounced
        case "delayed": return .deferred
        // Handed on to a server that gives no receipts: what every provider calls delivered.
        case "delivered", "relayed": return .delivered
        case "expanded": return .processed
        default: break
        }
        let statusClass = recipient.status.statusClass ?? replyCode.map { $0 / 100 }
        if ends.contains(recipient.action) { return .bounced }
        if statusClass == 2 { return .delivered }
        if recipient.isRetried { return .deferred }
        let said = recipient.diagnostic + "\n" + words
        let kind = PlainTextBounce.kind(ReportSigns.found(in: said), said)
        switch statusClass {
        case 5: return kind == .deferred && !isRefused(replyCode) ? .deferred : .bounced
        case 4: return kind == .bounced ? .bounced : .deferred
        default: return kind
        }
    }

    /// Other words for failed.
    private static let ends: Set<String> = [
        "failure", "fail", "fails", "error", "expired", "expire", "bounced", "bounce", "rejected",
        "reject", "refused", "returned", "undeliverable", "undelivered", "permanent", "fatal",
    ]

    private static func isRefused(_ replyCode: Int?) -> Bool {
        replyCode.map { $0 >= 500 } ?? false
    }

    /// The code that a diagnostic begins with.
    private static func replyCode(_ diagnostic: String) -> Int? {
        let digits = diagnostic.utf8.prefix(4).prefix { $0.digit != nil }
        return digits.count == 3 ? SMTPStatus(String(Substring(digits))).replyCode : nil
    }
}
