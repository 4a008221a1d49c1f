/// What a report says about a message for one recipient, in whatever terms.
struct ReportedStatus {
    /// Nil where the fields and the words together say nothing.
    let kind: EventKind?
    /// The text for the classifier.
    let text: String
    let replyCode: Int?

    /// `words` is the server's prose.
    init(_ recipient: DeliveryStatusNotification.Recipient, words: String) {
        replyCode = Self.replyCode(recipient.diagnostic) ?? recipient.status.replyCode
        kind = Self.kind(recipient, words, replyCode)
        let isFailure = kind == .bounced || kind == .deferred
        text = isFailure ? Self.text(recipient.diagnostic, words) : recipient.diagnostic
    }

    /// The diagnostic, with the words where it says nothing by itself.
    private static func text(_ diagnostic: String, _ words: String) -> String {
        guard !diagnostic.isEmpty else { return words }
        let answer = Classifier().classify(BounceEvidence(text: diagnostic))
        return answer.reason == .undetermined && !words.isEmpty
            ? "\(diagnostic) \(words)" : diagnostic
    }

    /// The outcome by an action (RFC 3464 § 2.3.3); a mail that became several has not arrived yet.
    private static func kind(
        _ recipient: DeliveryStatusNotification.Recipient, _ words: String, _ replyCode: Int?
    ) -> EventKind? {
        switch recipient.action {
        case "failed": return .bounced
        case "delayed": return .deferred
        // Passed to a server without receipts, which every provider calls delivered.
        case "delivered", "relayed": return .delivered
        case "expanded": return .processed
        default: break
        }
        let statusClass = recipient.status.statusClass ?? replyCode.map { $0 / 100 }
        if ends.contains(recipient.action) { return .bounced }
        if statusClass == 2 { return .delivered }
        if recipient.isRetried { return .deferred }
        let report = recipient.diagnostic + "\n" + words
        let kind = PlainTextBounce.kind(ReportSigns.found(in: report), report)
        switch statusClass {
        case 5: return kind == .deferred && !isRefused(replyCode) ? .deferred : .bounced
        case 4: return kind == .bounced ? .bounced : .deferred
        default: return kind
        }
    }

    /// Synonyms of failed.
    private static let ends: Set<String> = [
        "failure", "fail", "fails", "error", "expired", "expire", "bounced", "bounce", "rejected",
        "reject", "refused", "returned", "undeliverable", "undelivered", "permanent", "fatal",
    ]

    private static func isRefused(_ replyCode: Int?) -> Bool {
        replyCode.map { $0 >= 500 } ?? false
    }

    /// The code at the beginning of a diagnostic.
    private static func replyCode(_ diagnostic: String) -> Int? {
        let digits = diagnostic.utf8.prefix(4).prefix { $0.digit != nil }
        return digits.count == 3 ? SMTPStatus(String(Substring(digits))).replyCode : nil
    }
}

/// A status that is either a reply code or an enhanced code (RFC 3463), as one of its properties.
package struct SMTPStatus {
    package let replyCode: Int?
    package let enhancedCode: String?

    /// Both codes are nil where the text is neither.
    package init(_ text: String) {
        // Longer text is neither.
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

    /// The code at the beginning of a text, possibly in brackets: `5.1.1 (no such user)`, `#5.1.1`.
    init(beginning text: String) {
        let code = text.utf8.drop { $0.digit == nil }.prefix { $0.digit != nil || $0 == 0x2E }
        let lead = text.utf8.count - text.utf8.drop { $0.digit == nil }.count
        self.init(lead <= 2 ? String(decoding: code.prefix(12), as: UTF8.self) : "")
    }

    /// 2, 4 or 5; the enhanced code's where there are both.
    var statusClass: Int? {
        enhancedCode?.utf8.first.map { Int($0 - UInt8(ascii: "0")) } ?? replyCode.map { $0 / 100 }
    }
}

/// A server's words about a mail, without the mail that it returns.
///
/// Where the words end is determined by structure: a block of header fields, a quoted message or a
/// boundary ends them, whatever sentence comes before. Fields by which a server only identifies the
/// mail are skipped.
struct ServerWords {
    /// The server's lines.
    private(set) var lines: [String] = []
    /// The header of our mail, where it follows; nil where it does not.
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
                guard hasWords else { continue }
                lookForCopy(rest)
                return
            }
            bytes += text.utf8.count
            hasWords = hasWords || !text.utf8.allSatisfy(MailLines.isBlank)
            lines.append(text)
        }
    }

    init(lines: [String]) {
        self.lines = lines
    }

    /// Whether there were words already.
    private var hasWords = false

    /// Whether what follows is our mail rather than more of the server's words.
    private func ends(at block: HeaderBlock) -> Bool {
        switch block.kind {
        case .copy: hasWords || block.headers.isOurs
        case .likelyCopy:
            Classifier().classify(BounceEvidence(text: text)).reason != .undetermined
        case .summary: false
        }
    }

    /// The first header in the rest that may be a mail's and not a part's.
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

    /// A line that announces what follows.
    private static func announcesCopy(_ line: String) -> Bool {
        ReportSigns.found(in: line).contains(.copy)
    }

    /// Whether two lines begin a message that the server quotes, rather than its dialogue with
    /// another server.
    private static func isQuotation(_ line: ArraySlice<UInt8>, _ next: ArraySlice<UInt8>?) -> Bool {
        [line, next ?? []].allSatisfy { line in
            guard line.first == quote, !line.starts(with: ">>>".utf8) else { return false }
            let text = MailLines.trimmed(line.drop { $0 == quote })
            return !(text.count >= 3 && text.prefix(3).allSatisfy { $0.digit != nil })
        }
    }

    private static let quote = UInt8(ascii: ">")

    /// Two hyphens and a word, followed by the field of a part.
    private static func isBoundary(
        _ line: ArraySlice<UInt8>, before next: ArraySlice<UInt8>?
    ) -> Bool {
        guard let next, line.starts(with: "--".utf8), !MailLines.trimmed(line).contains(0x20)
        else { return false }
        return MailLines.fieldName(next)?.utf8.starts(with: "content-".utf8) ?? false
    }
}
