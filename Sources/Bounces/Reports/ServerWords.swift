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
