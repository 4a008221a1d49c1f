/// A server's words in the plain form that phrases are looked for in.
///
/// Lower-case words with single blanks between them and at both ends. Marks become blanks,
/// apostrophes and the hyphen of `e-mail` vanish; so do words of digits alone (the codes that
/// stand before each line of a long reply, IP addresses, sizes) and e-mail addresses, so that
/// "mailbox <user@example.com> is full" and "mailbox is full" read alike; and what a URL asks for,
/// since `?ip=192.0.2.1` is about no network.
struct ClassifierText {
    /// What is said beyond this is not looked at: some servers send whole pages.
    static let bytesMax = 8_192

    private let plain: UnsafeMutableBufferPointer<UInt8>
    private var end = 1
    /// Where the current word begins, and the run of words that may turn out to be an address.
    private var wordStart = 1
    private var runStart = 1
    private var isNumber = true
    private var isInAddress = false
    private var isInQuery = false

    /// Runs `body` with the plain form.
    static func withPlain<Result>(
        _ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        var text = text
        return text.withUTF8 { bytes in
            let count = min(bytes.count, bytesMax)
            // Each byte becomes at most one, and each word is followed by a blank instead of a
            // mark, but for the last; one more stands at the beginning.
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count + 2) { plain in
                var writer = ClassifierText(plain)
                writer.write(UnsafeBufferPointer(rebasing: bytes[..<count]))
                return body(UnsafeBufferPointer(rebasing: plain[..<writer.end]))
            }
        }
    }

    private init(_ plain: UnsafeMutableBufferPointer<UInt8>) {
        self.plain = plain
        plain[0] = UInt8(ascii: " ")
    }

    private mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
        Self.kinds.withUnsafeBufferPointer { kinds in
            for byte in bytes {
                switch kinds[Int(byte)] {
                case .blank:
                    endWord()
                    (runStart, isInAddress, isInQuery) = (end, false, false)
                case _ where isInQuery: break
                case .query:
                    endWord()
                    (runStart, isInAddress, isInQuery) = (end, false, true)
                case .separator:
                    endWord()
                    (runStart, isInAddress) = (end, false)
                case .at:
                    (end, wordStart, isNumber, isInAddress) = (runStart, runStart, true, true)
                case _ where isInAddress: break
                case .lower:
                    isNumber = false
                    append(byte)
                case .upper:
                    isNumber = false
                    append(byte | 0x20)
                case .digit: append(byte)
                case .hyphen: if !isElectronic { endWord() }
                case .mark: endWord()
                case .apostrophe: break
                }
            }
        }
        endWord()
    }

    private mutating func append(_ byte: UInt8) {
        plain[end] = byte
        end &+= 1
    }

    private mutating func endWord() {
        if isNumber { end = wordStart }
        if end > wordStart { append(UInt8(ascii: " ")) }
        (wordStart, isNumber) = (end, true)
    }

    /// Whether the word so far is the `e` of `e-mail`.
    private var isElectronic: Bool {
        end == wordStart + 1 && plain[wordStart] == UInt8(ascii: "e")
    }

    private enum Kind: UInt8 {
        case lower, upper, digit, apostrophe, hyphen, at
        /// Ends a word and all that it stands in.
        case blank
        /// Begins the query of a URL, which goes on to the next blank.
        case query
        /// Ends a word, but not an e-mail address.
        case mark
        /// Ends both.
        case separator
    }

    /// Bytes beyond ASCII count as letters: parts of UTF-8.
    private static let kinds: [Kind] = (UInt8.min...UInt8.max).map { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...: .lower
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): .upper
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        case UInt8(ascii: "'"): .apostrophe
        case UInt8(ascii: "-"): .hyphen
        case UInt8(ascii: "@"): .at
        case 0...UInt8(ascii: " "), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
            UInt8(ascii: "("), UInt8(ascii: ")"):
            .blank
        case UInt8(ascii: "?"): .query
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "#"),
            UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"):
            .mark
        default: .separator
        }
    }
}
