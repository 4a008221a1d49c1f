/// An enhanced mail system status code, `class.subject.detail` (RFC 3463).
struct EnhancedCode: Hashable, Sendable {
    var statusClass: Int
    var subject: Int
    var detail: Int

    /// `x.0.0` and the like tell no more than the reply code does.
    var isUnspecific: Bool { detail == 0 || subject == 0 }
}

extension EnhancedCode {
    /// The code at the start of these bytes, and how many bytes it is long; class 2, 4 or 5 only.
    ///
    /// No code: `5.7` and what goes on with a dot or a digit, as an IP address does.
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

    /// The code that is all of a text, as providers give it.
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
    /// What an ASCII digit stands for.
    var digit: Int? {
        self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9")
            ? Int(self - UInt8(ascii: "0")) : nil
    }

    /// Whether a code may begin after this byte: not in a word, a number or an address.
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
