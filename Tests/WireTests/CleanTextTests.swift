import Testing

@testable import Wire

struct CleanTextTests {
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
