import Testing

@testable import Wire

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
