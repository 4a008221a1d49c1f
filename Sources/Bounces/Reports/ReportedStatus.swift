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

/// A status that is either a reply code or an enhanced code (RFC 3463).
package struct SMTPStatus {
    package let replyCode: Int?
    package let enhancedCode: String?

    package init(_ text: String) {
        // Longer is neither, whatever it is made of.
        let text = text.utf8.count <= 11 ? text : ""
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isEnhanced =
            parts.count == 3 && ["2", "4", "5"].contains(Substring(parts[0]))
            && parts.dropFirst().allSatisfy {
                (1...3).contains($0.count) && $0.allSatisfy { $0.digit != nil }
            }
        enhancedCode = isEnhanced ? text : nil
        replyCode = Int(text).flatMap { (200..<600).contains($0) ? $0 : nil }
    }

    /// The code that a text begins with, be it in brackets: `5.1.1 (no such user)`, `#5.1.1`.
    init(beginning text: String) {
        let code = text.utf8.drop { $0.digit == nil }.prefix { $0.digit != nil || $0 == 0x2E }
        let lead = text.utf8.count - text.utf8.drop { $0.digit == nil }.count
        self.init(lead <= 2 ? String(decoding: code.prefix(12), as: UTF8.self) : "")
    }

    /// 2, 4 or 5; of the two codes the enhanced one's.
    var statusClass: Int? {
        enhancedCode?.utf8.first.map { Int($0 - UInt8(ascii: "0")) } ?? replyCode.map { $0 / 100 }
    }
}

/// What a server says of a mail in prose, without the mail that it gives back.
///
/// Where its words end is found by structure: a block of header fields, a quoted message, or a
/// boundary ends them, whatever sentence stands before. Fields by which a server only says which
/// mail it means are passed over.
struct ServerWords {
    /// The lines of the server, one each.
    private(set) var lines: [String] = []
    /// The header of ours, where it follows.
    private(set) var copy: MailHeaders?

    var text: String { lines.joined(separator: "\n") }

    private static let linesMax = 1_000
    private static let lineBytesMax = 1_000
    private static let bytesMax = 16_384

    init(_ content: [UInt8]) {
        var rest = MailLines.lines(content.prefix(64 << 10), max: Self.linesMax)[...]
        var bytes = 0
        while let line = rest.first, bytes < Self.bytesMax {
            if let block = HeaderBlock(rest) {
                if copy?["message-id"] == nil || block.headers.isOurs { copy = block.headers }
                if ends(at: block) { return }
                rest = rest.dropFirst(block.lines)
                continue
            }
            rest = rest.dropFirst()
            let text = MailLines.text(line.prefix(Self.lineBytesMax))
            if Self.isBoundary(line, before: rest.first) || Self.isQuotation(line, rest.first)
                || Self.announcesCopy(text)
            {
                guard isSaid else { continue }
                lookForCopy(rest)
                return
            }
            bytes += text.utf8.count
            isSaid = isSaid || !text.utf8.allSatisfy(MailLines.isBlank)
            lines.append(text)
        }
    }

    init(lines: [String]) {
        self.lines = lines
    }

    /// Something was said already.
    private var isSaid = false

    /// Whether what follows is our mail, and not more of the server's words.
    private func ends(at block: HeaderBlock) -> Bool {
        switch block.kind {
        case .copy: isSaid || block.headers.isOurs
        case .likelyCopy:
            Classifier().classify(BounceEvidence(text: text)).reason != .undetermined
        case .summary: false
        }
    }

    /// The first header in the rest that may be of a mail, and not of a part.
    private mutating func lookForCopy(_ rest: ArraySlice<ArraySlice<UInt8>>) {
        var rest = rest
        while !rest.isEmpty, copy?.isOurs != true {
            let block = HeaderBlock(rest)
            if let block, copy == nil || block.headers.isOurs,
                block.headers.isOurs || block.headers["message-id"] != nil
            {
                copy = block.headers
            }
            rest = rest.dropFirst(block?.lines ?? 1)
        }
    }

    /// A line that says what follows.
    private static func announcesCopy(_ line: String) -> Bool {
        ReportSigns.found(in: line).contains(.copy)
    }

    /// A message that the server quotes, by two lines of it; not its talk with another.
    private static func isQuotation(_ line: ArraySlice<UInt8>, _ next: ArraySlice<UInt8>?) -> Bool {
        [line, next ?? []].allSatisfy { line in
            guard line.first == quote, !line.starts(with: ">>>".utf8) else { return false }
            let text = MailLines.trimmed(line.drop { $0 == quote })
            return !(text.count >= 3 && text.prefix(3).allSatisfy { $0.digit != nil })
        }
    }

    private static let quote = UInt8(ascii: ">")

    /// Two hyphens and a word, and then the field of a part.
    private static func isBoundary(
        _ line: ArraySlice<UInt8>, before next: ArraySlice<UInt8>?
    ) -> Bool {
        guard let next, line.starts(with: "--".utf8), !MailLines.trimmed(line).contains(0x20)
        else { return false }
        return MailLines.fieldName(next)?.utf8.starts(with: "content-".utf8) ?? false
    }
}
