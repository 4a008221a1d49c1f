/// A server's words in the normalised form in which phrases are looked for.
///
/// Lower-case words with single spaces between them and at both ends. Punctuation becomes spaces,
/// apostrophes and the hyphen of `e-mail` disappear; so do words of digits only (the codes before
/// each line of a long reply, IP addresses, sizes) and e-mail addresses, so that "mailbox
/// <user@example.com> is full" and "mailbox is full" read alike; and the queries of URLs, since
/// `?ip=192.0.2.1` is not about a network.
struct ClassifierText {
    /// The limit for the text that is read: some servers send whole pages.
    static let bytesMax = 8_192

    private let plain: UnsafeMutableBufferPointer<UInt8>
    private var end = 1
    /// Where the current word begins, and the run of words that may turn out to be an address.
    private var wordStart = 1
    private var runStart = 1
    private var isNumber = true
    private var isInQuery = false
    /// Whether in a query, or after the @ of an address.
    private var isSkipped = false

    /// Calls `body` with the normalised form.
    static func withPlain<Result>(
        _ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        var text = text
        return text.withUTF8 { bytes in
            let count = min(bytes.count, bytesMax)
            // Each byte becomes at most one, and each word is followed by a space instead of a
            // mark, except the last; one more is at the beginning.
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
        Self.glyphs.withUnsafeBufferPointer { glyphs in
            var index = 0
            while index < bytes.count {
                let glyph = glyphs[Int(bytes[index])]
                if glyph < Self.leastGlyph {
                    mark(glyph)
                    index += 1
                } else if isSkipped {
                    index += 1
                } else {
                    index = appendGlyphs(bytes, from: index, glyphs)
                }
            }
        }
        endWord()
    }

    /// Writes adjacent letters and digits, and returns where they end.
    private mutating func appendGlyphs(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int,
        _ glyphs: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var index = start
        var end = self.end
        var greatest: UInt8 = 0
        while index < bytes.count {
            let glyph = glyphs[Int(bytes[index])]
            guard glyph >= Self.leastGlyph else { break }
            plain[end] = glyph
            greatest = max(greatest, glyph)
            end &+= 1
            index &+= 1
        }
        self.end = end
        isNumber = isNumber && greatest <= UInt8(ascii: "9")
        return index
    }

    /// Handles a byte that is not part of a word.
    @inline(__always)
    private mutating func mark(_ mark: UInt8) {
        switch mark {
        case Mark.blank: endRun(isQuery: false)
        case _ where isInQuery: break
        case Mark.query: endRun(isQuery: true)
        case Mark.separator: endRun(isQuery: false)
        case Mark.at: (end, wordStart, isNumber, isSkipped) = (runStart, runStart, true, true)
        case _ where isSkipped: break
        case Mark.hyphen: if !isElectronic { endWord() }
        case Mark.dot: endWord()
        default: break
        }
    }

    /// Ends a word, and what may turn out to be an address.
    @inline(__always)
    private mutating func endRun(isQuery: Bool) {
        endWord()
        (runStart, isInQuery, isSkipped) = (end, isQuery, isQuery)
    }

    @inline(__always)
    private mutating func append(_ byte: UInt8) {
        plain[end] = byte
        end &+= 1
    }

    @inline(__always)
    private mutating func endWord() {
        if isNumber { end = wordStart }
        if end > wordStart { append(UInt8(ascii: " ")) }
        (wordStart, isNumber) = (end, true)
    }

    /// Whether the word so far is the `e` of `e-mail`.
    private var isElectronic: Bool {
        end == wordStart + 1 && plain[wordStart] == UInt8(ascii: "e")
    }

    /// The effect of a byte that is not part of a word; the values are none of a letter or digit.
    private enum Mark {
        /// Ends a word and everything around it.
        static let blank: UInt8 = 0
        /// Begins the query of a URL, which ends at the next space.
        static let query: UInt8 = 1
        /// Ends a word and an e-mail address.
        static let separator: UInt8 = 2
        static let at: UInt8 = 3
        static let hyphen: UInt8 = 4
        /// Ends a word, but not an e-mail address.
        static let dot: UInt8 = 5
        /// Is ignored.
        static let apostrophe: UInt8 = 6
    }

    private static let leastGlyph = UInt8(ascii: "0")

    /// By byte: its digit or lower-case letter, or else its mark.
    ///
    /// Bytes beyond ASCII count as letters, being parts of UTF-8.
    private static let glyphs: [UInt8] = (UInt8.min...UInt8.max).map { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            byte
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case UInt8(ascii: "'"): Mark.apostrophe
        case UInt8(ascii: "-"): Mark.hyphen
        case UInt8(ascii: "@"): Mark.at
        case 0...UInt8(ascii: " "), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
            UInt8(ascii: "("), UInt8(ascii: ")"):
            Mark.blank
        case UInt8(ascii: "?"): Mark.query
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "#"),
            UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"):
            Mark.dot
        default: Mark.separator
        }
    }
}
