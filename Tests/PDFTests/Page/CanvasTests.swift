import PDFTestSupport
import Testing

@testable import PDF

struct CanvasTests {
    @Test func `a document without a page is refused`() {
        #expect(throws: PDFError.drawingFailed(reason: "the document has no page")) {
            try SamplePDF.draw([])
        }
    }

    @Test func `a file is sound to others, and says who and what it is`() throws {
        let pdf = try SamplePDF.text("Hei")
        try PDFReader.check(pdf)
        let information = try PDFReader.information(of: pdf)
        for word in ["Prøve 7", "Åse", "Nov 24", "Test"] { #expect(information.contains(word)) }
    }

    @Test func `the same pages give the same bytes`() throws {
        #expect(try SamplePDF.text("Ærlig øl") == SamplePDF.text("Ærlig øl"))
        #expect(try SamplePDF.text("Ærlig øl") != SamplePDF.text("Ærlig ål"))
    }

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

    @Test(arguments: ["#ffff00", "#ffffff", "#1f3a5f", "#000000"])
    func `a colour is darkened until it can be read`(text: String) throws {
        let colour = try #require(Colour(hexadecimal: text)).readableOnWhite
        let luminance =
            0.2126 * colour.red * colour.red + 0.7152 * colour.green * colour.green
            + 0.0722 * colour.blue * colour.blue
        #expect(1.05 / (luminance + 0.05) >= 4.5)
    }

    @Test(arguments: ["", "#", "1f3a5f", "#1f3a5", "#1f3a5f0", "#1f3a5g", "#+1f3a5", "#ééé"])
    func `what is no colour is none`(text: String) {
        #expect(Colour(hexadecimal: text) == nil)
    }
}
