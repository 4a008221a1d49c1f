/// The codes of one bounce: those given separately, else those in the text.
struct BounceCodes: Hashable, Sendable {
    /// The SMTP reply code (RFC 5321 section 4.2), 400 to 599.
    var reply: Int?
    var enhanced: EnhancedCode?

    /// The first digit: the reply ends the transaction, so its digit takes precedence over the
    /// enhanced code's (RFC 5321); nil where neither is known.
    var statusClass: Int? {
        reply.map { $0 / 100 } ?? enhanced?.statusClass
    }

    /// Whether a command's argument was wrong, which is the sender's own host name or address: 501,
    /// `x.5.4`.
    var isAboutArgument: Bool {
        reply == 501 || enhanced.map { $0.subject == 5 && $0.detail == 4 } ?? false
    }

    init(reply: Int? = nil, enhanced: EnhancedCode? = nil) {
        self.reply = reply
        self.enhanced = enhanced
    }

    init(_ evidence: BounceEvidence) {
        reply = evidence.replyCode.flatMap { (400...599).contains($0) ? $0 : nil }
        enhanced = evidence.enhancedCode.flatMap { EnhancedCode($0) }
        let isExpiry = enhanced.map { $0.subject == 4 && $0.detail == 7 } ?? false
        guard reply == nil || enhanced?.isUnspecific != false || isExpiry else { return }
        complete(from: evidence.text, isExpiry: isExpiry)
    }

    /// Completes the codes from the text where they were not given, or where the text is more
    /// specific.
    ///
    /// For an expired message the last cause counts, which is in the text.
    private mutating func complete(from text: String, isExpiry: Bool) {
        var text = text
        text.withUTF8 { bytes in
            let bytes = UnsafeBufferPointer(rebasing: bytes.prefix(ClassifierText.bytesMax))
            var index = 0
            while index < bytes.count {
                guard bytes[index].digit != nil else {
                    index += 1
                    continue
                }
                let isStart = index == 0 || bytes[index - 1].mayPrecedeCode
                if isStart, let (code, length) = EnhancedCode.parse(bytes[index...]) {
                    adopt(code, isExpiry: isExpiry)
                    index += length
                    continue
                }
                let start = index
                while index < bytes.count, bytes[index].digit != nil { index += 1 }
                if reply == nil, isStart, index - start == 3 {
                    reply = Self.reply(bytes, start)
                }
            }
        }
    }

    private mutating func adopt(_ code: EnhancedCode, isExpiry: Bool) {
        guard code.statusClass != 2 else { return }
        guard let known = enhanced else {
            enhanced = code
            return
        }
        if known.isUnspecific ? !code.isUnspecific : isExpiry && code.subject != 4 {
            enhanced = code
        }
    }

    /// The reply code at a position: at the start, or after the words by which servers quote each
    /// other (`said: 550`, `returned '550`, `<<< 550`), and followed by a space, a hyphen or the
    /// end.
    private static func reply(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        let code = bytes[start..<start + 3].reduce(0) { $0 * 10 + ($1.digit ?? 0) }
        guard (400...599).contains(code) else { return nil }
        if start + 3 < bytes.count {
            let next = bytes[start + 3]
            guard next == UInt8(ascii: " ") || next == UInt8(ascii: "-") else { return nil }
        }
        var before = start
        while before > 0, bytes[before - 1] == UInt8(ascii: " ") { before -= 1 }
        guard before > 0 else { return code }
        let quoting: [UInt8] = [
            UInt8(ascii: ":"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "<"),
            UInt8(ascii: ";"), UInt8(ascii: "#"),
        ]
        if quoting.contains(bytes[before - 1]) { return code }
        // `... because of 550 5.1.1 User unknown`: the enhanced code after it confirms it.
        return EnhancedCode.parse(bytes[min(start + 4, bytes.count)...]) == nil ? nil : code
    }
}

/// An enhanced mail system status code, `class.subject.detail` (RFC 3463).
struct EnhancedCode: Hashable, Sendable {
    var statusClass: Int
    var subject: Int
    var detail: Int

    /// Whether it says no more than the reply code does, as `x.0.0`.
    var isUnspecific: Bool { detail == 0 || subject == 0 }
}

extension EnhancedCode {
    /// The code at the start of these bytes, and its length in bytes; only class 2, 4 or 5.
    ///
    /// `5.7` alone is not a code, nor is one continued by a dot or a digit, as in an IP address.
    static func parse(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> (EnhancedCode, length: Int)? {
        var numbers = (0, 0, 0)
        var index = bytes.startIndex
        for field in 0..<3 {
            let start = index
            var number = 0
            while index < bytes.endIndex, index - start < 4, let digit = bytes[index].digit {
                number = number * 10 + digit
                index += 1
            }
            guard (1...3).contains(index - start) else { return nil }
            switch field {
            case 0: numbers.0 = number
            case 1: numbers.1 = number
            default: numbers.2 = number
            }
            guard field < 2 else { break }
            guard index < bytes.endIndex, bytes[index] == UInt8(ascii: ".") else { return nil }
            index += 1
        }
        guard [2, 4, 5].contains(numbers.0) else { return nil }
        if index < bytes.endIndex {
            if bytes[index].digit != nil { return nil }
            let next = index + 1
            if bytes[index] == UInt8(ascii: "."), next < bytes.endIndex, bytes[next].digit != nil {
                return nil
            }
        }
        let code = EnhancedCode(
            statusClass: numbers.0, subject: numbers.1, detail: numbers.2)
        return (code, index - bytes.startIndex)
    }

    /// Nil where the whole text is not a code, as providers give it.
    init?(_ text: String) {
        var text = text
        let parsed = text.withUTF8 { bytes -> EnhancedCode? in
            guard let (code, length) = Self.parse(bytes[...]), length == bytes.count else {
                return nil
            }
            return code
        }
        guard let parsed else { return nil }
        self = parsed
    }
}

extension UInt8 {
    /// The value of an ASCII digit; nil for any other byte.
    var digit: Int? {
        self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9")
            ? Int(self - UInt8(ascii: "0")) : nil
    }

    /// Whether a code may begin after this byte: not within a word, a number or an address.
    var mayPrecedeCode: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "@"),
            UInt8(ascii: "_"), 0x80...:
            false
        default: true
        }
    }
}
