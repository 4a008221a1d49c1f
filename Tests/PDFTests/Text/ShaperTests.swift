import Foundation
import PDFTestSupport
import Testing

@testable import PDF

struct ShaperTests {
    private let fonts: FontSet
    private let shaper: Shaper
    private let breaker: LineBreaker

    init() throws {
        fonts = try FontSet()
        shaper = try Shaper()
        breaker = try LineBreaker(
            files: [FontSet.files.regular, FontSet.files.bold]
                .map { "\(FontSet.directory)/\($0)" })
    }

    @Test(arguments: [
        "Løpende regnskapsføring", "AVATAR To. Ty, LT 11 1 111,50", "28 925,05", "−1 000,00",
        "fi fl ffi affære", "áčđŋšŧž ÁČĐŊŠŦŽ", "Org.nr. 123 456 785 MVA  ·  Åse", "",
    ])
    func `a plain text is set alike by HarfBuzz alone and by pango`(text: String) throws {
        for face in [fonts.regular, fonts.bold] {
            let alone = try shaper.line(text, face)
            let line = try #require(try breaker.lines(text, face, size: 9).first)
            #expect(alone.runs.map(\.operand) == line.runs.map(\.operand))
            // Pango reckons in 1/1024 of a point, and so rounds each glyph a little.
            #expect(abs(alone.width - line.width) <= text.count)
        }
    }

    @Test func `figures are as wide as each other, so that columns stand`() throws {
        let widths = try (0...9).map { digit in
            try shaper.line(String(repeating: "\(digit)", count: 4), fonts.regular).width
        }
        #expect(Set(widths).count == 1)
    }

    @Test(arguments: ["Ærfuglen", "Šiella", "Ελληνικά", "Русский", "e\u{301}a\u{30A}"])
    func `a text can be copied out as it was written`(text: String) throws {
        let read = try PDFReader.text(of: SamplePDF.text(text))
        #expect(read.contains(text.precomposedStringWithCanonicalMapping))
    }
}
