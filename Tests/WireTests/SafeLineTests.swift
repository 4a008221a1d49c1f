import Testing

@testable import Wire

struct SafeLineTests {
    @Test(arguments: [
        ("", ""), ("550 5.1.1 user unknown", "550 5.1.1 user unknown"),
        (" before and after ", "before and after"), (" ", ""), ("two  spaces", "two spaces"),
        ("two\r\nlines\tand a tab", "two lines and a tab"), ("\u{1B}[31mred", "[31mred"),
        ("nul\0byte", "nul byte"), ("postkassen er full – så da", "postkassen er full – så da"),
        ("\u{202E}turned", "turned"), ("del\u{7F}ete", "del ete"),
    ])
    func `a server's words fit on one line and move no terminal`(said: String, shown: String) {
        #expect(cleaned(said) == shown)
    }

    @Test(arguments: ["abcdefghij", "æøåæøåæøåæ", "a\tc\te\tg\ti\t"])
    func `what is too long is cut`(said: String) {
        #expect(cleaned(said, charactersMax: 10).count <= 10)
        #expect(cleaned(said + "xyz", charactersMax: 10).count == 10)
        #expect(cleaned(said + "xyz", charactersMax: 10).last == "…")
    }
}

struct PlainLineTests {
    @Test(arguments: ["", "a", "one line of words", "~!{}"])
    func `printable words with single blanks are a plain line`(text: String) {
        #expect(text.isPlainLine)
    }

    @Test(arguments: [" ", " a", "a ", "a  b", "a\tb", "a\nb", "ø", "a\u{7F}", "\0"])
    func `all else is none`(text: String) {
        #expect(!text.isPlainLine)
    }
}

struct ByteSearchTests {
    @Test(arguments: [
        ("aaab", "aab", 1), ("abcabd", "abd", 3), ("abc", "abc", 0), ("abc", "c", 2),
        ("ab", "abc", nil), ("", "a", nil), ("aaaa", "ab", nil), ("xxa", "ab", nil),
    ])
    func `bytes are found where they first stand`(text: String, needle: String, place: Int?) {
        // A slice that begins within its array: places are the array's.
        let bytes = Array("ab\(text)".utf8)[2...]
        #expect(bytes.place(of: needle) == place.map { $0 + 2..<$0 + 2 + needle.utf8.count })
    }
}
