import Testing

@testable import PDF

struct FontSetTests {
    @Test func `a letter without a shape is named, and a text without end told by its length`() {
        #expect(throws: PDFError.lettersMissing(["漢", "字"])) { try SamplePDF.text("漢字 og 漢") }
        #expect(throws: PDFError.textTooLong(characters: 20_001, charactersMax: 20_000)) {
            try SamplePDF.text(String(repeating: "a", count: 20_001))
        }
    }

    @Test func `fonts are looked for where they are said to be`() {
        #expect(throws: PDFError.fontsMissing(directory: "/nowhere")) {
            try FontSet(directory: "/nowhere")
        }
    }
}
