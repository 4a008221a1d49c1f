/// A server's words in the plain form that phrases are looked for in.
///
/// Lower-case words with single blanks between them and at both ends. Marks become blanks,
/// apostrophes and the hyphen of `e-mail` vanish; so do words of digits alone (the codes that
/// stand before each line of a long reply, IP addresses, sizes) and e-mail addresses, so that
/// "mailbox <user@example.com> is full" and "mailbox is full" read alike.
enum ClassifierText {
    /// What is said beyond this is not looked at: some servers send whole pages.
    static let bytesMax = 8_192

    /// Runs `body` with the plain form.
    static func withPlain<Result>(
        _ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        var text = text
        return text.withUTF8 { bytes in
            let source = UnsafeBufferPointer(rebasing: bytes.prefix(bytesMax))
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: source.count + 2) {
                body(UnsafeBufferPointer(rebasing: $0.prefix(write(source, to: $0))))
            }
        }
    }

    /// Writes the plain form and says how long it is: never longer than the source and two.
    private static func write(
        _ source: UnsafeBufferPointer<UInt8>, to plain: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        plain[0] = blank
        var end = 1
        var (chunkStart, wordStart) = (1, 1)
        var (isNumber, isInAddress) = (true, false)

        func endWord() {
            if isNumber { end = wordStart }
            if end > wordStart {
                plain[end] = blank
                end += 1
            }
            (wordStart, isNumber) = (end, true)
        }
        for byte in source {
            switch kinds[Int(byte)] {
            case .letter where !isInAddress, .digit where !isInAddress:
                if kinds[Int(byte)] == .letter { isNumber = false }
                plain[end] = lowered(byte)
                end += 1
            case .hyphen where !isInAddress:
                let isElectronic = end == wordStart + 1 && plain[wordStart] == UInt8(ascii: "e")
                if !isElectronic { endWord() }
            case .mark where !isInAddress: endWord()
            case .at:
                (end, wordStart, isNumber, isInAddress) = (chunkStart, chunkStart, true, true)
            case .separator:
                endWord()
                (chunkStart, isInAddress) = (end, false)
            case .letter, .digit, .hyphen, .mark, .apostrophe: break
            }
        }
        endWord()
        return end
    }

    private enum Kind: UInt8 {
        case letter, digit, apostrophe, hyphen, at
        /// Ends a word, but not an e-mail address.
        case mark
        /// Ends both.
        case separator
    }

    private static let blank = UInt8(ascii: " ")

    private static func lowered(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    /// Bytes beyond ASCII count as letters: parts of UTF-8.
    private static let kinds: [Kind] = (UInt8.min...UInt8.max).map { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            0x80...:
            .letter
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        case UInt8(ascii: "'"): .apostrophe
        case UInt8(ascii: "-"): .hyphen
        case UInt8(ascii: "@"): .at
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "#"),
            UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"):
            .mark
        default: .separator
        }
    }
}
