package import Invoicing
import PDF

/// Draws invoices and credit notes as PDF.
///
/// Fonts are loaded once, so one renderer is created for a run and used for all of its documents,
/// by one thread. The same invoice and form result in the same bytes, on any day and any machine
/// with the same libraries and fonts.
package final class InvoiceRenderer {
    private let fonts: FontSet
    private let compressor: Compressor

    /// Throws `DocumentError.fontsMissing` where the fonts are not installed.
    package init() throws {
        fonts = try DocumentError.mapping(FontSet.init)
        compressor = try DocumentError.mapping(Compressor.init)
    }

    /// The bytes of the document, which pass `PDFValidation.verify`.
    ///
    /// Throws `DocumentError`: what can't be shown in full is not shown at all.
    package func render(_ invoice: Invoice, form: FormTemplate) throws -> [UInt8] {
        do {
            return try render(invoice, form: form, columns: form.columns)
        } catch DocumentError.doesNotFit(.table) {
            return try render(invoice, form: form, columns: form.columns.narrowed)
        }
    }

    private func render(
        _ invoice: Invoice, form: FormTemplate, columns: FormColumns
    ) throws -> [UInt8] {
        let content = InvoiceContent(invoice, form: form, columns: columns)
        let accent = Colour(hexadecimal: form.accentColour) ?? .ink
        do {
            var layout = InvoiceLayout(
                content: content, fonts: fonts, accent: accent.readableOnWhite,
                logo: try form.logo.map(Self.picture))
            let pages = try layout.pages()
            let canvas = Canvas(
                size: .a4,
                metadata: DocumentMetadata(
                    title: content.title, author: SingleLine(invoice.seller.name).text,
                    languageTag: DocumentTexts.tag(form.language), date: "\(invoice.issueDate)",
                    program: "Budstikke"),
                structure: layout.structure, compressor: compressor)
            for page in pages { try canvas.draw(page) }
            return try canvas.finish()
        } catch let error as PDFError {
            throw DocumentError(error)
        }
    }

    private static func picture(of logo: FormLogo) throws -> Picture {
        switch logo {
        case .picture(let picture): Picture(picture)
        case .unusable(let fault): throw DocumentError.logoUnusable(fault)
        }
    }

    /// The letters of a text that are in none of the fonts; a document with one of them is refused.
    package func missingGlyphs(in text: String) throws -> [Character] {
        fonts.missingGlyphs(in: text)
    }
}

/// Validates that bytes are the document of an invoice, before they are queued or sent.
///
/// It checks that the file begins and ends as a PDF, every object is where the table says, there is
/// a page with contents, and the title names the invoice. Together with what the renderer refuses
/// (an error of cairo's, a letter without a glyph) that means that the document is complete and the
/// right one. It does not read the page: its text is encoded by glyph and compressed, and is read
/// back by the tests instead.
package enum PDFValidation {
    /// A smaller file contains no font, and so no text.
    static let bytesMin = 2_000

    /// The number of pages of a document; nil where the bytes are not one of ours.
    package static func pages(of pdf: [UInt8]) -> Int? {
        (try? PDFFile(pdf))?.pageCount
    }

    /// Throws `DocumentError.unvalidated` where the bytes are not the document of that number.
    package static func verify(
        _ pdf: [UInt8], expecting number: String
    ) throws(DocumentError) {
        let file = try DocumentError.mapping { () throws(PDFError) in try PDFFile(pdf) }
        guard let pages = file.pageCount, pages > 0 else {
            throw .unvalidated(reason: "it has no page")
        }
        guard pdf.count >= bytesMin else { throw .unvalidated(reason: "its pages are empty") }
        let expected = SingleLine(number).text
        guard !expected.isEmpty, let title = file.title,
            title.hasSuffix(" \(expected)")
        else { throw .unvalidated(reason: "it does not name the invoice \(expected)") }
    }
}

/// The text styles of an invoice.
extension TextStyle {
    static let title = TextStyle(size: 22, leading: 26, isBold: true)
    static let name = TextStyle(size: 15, leading: 18, isBold: true)
    static let total = TextStyle(size: 12, leading: 15, isBold: true)
    static let payment = TextStyle(size: 11, leading: 15, isBold: true)
    static let addressee = TextStyle(size: 10, leading: 13, isBold: true)
    static let address = TextStyle(size: 10, leading: 13)
    static let heading = TextStyle(size: 8.5, leading: 12, isBold: true)
    static let body = TextStyle(size: 9, leading: 12.5)
    static let strong = TextStyle(size: 9, leading: 12.5, isBold: true)
    static let label = TextStyle(size: 8, leading: 11)
    static let sender = TextStyle(size: 6.5, leading: 9)
    static let small = TextStyle(size: 7.5, leading: 10.5)
}

/// The colours of an invoice, apart from the form's own.
extension Colour {
    /// Text: slightly softer than black, and still black on any printer.
    static let ink = Colour(red: 0.11, green: 0.12, blue: 0.14)
    /// Labels and small print; 7:1 on white, the contrast of WCAG AAA.
    static let faint = Colour(red: 0.34, green: 0.36, blue: 0.40)
    /// Hairlines.
    static let line = Colour(red: 0.87, green: 0.885, blue: 0.9)
}

extension Page {
    /// Adds a text with its upper edge at the point, as part of an element of the structure; as
    /// decoration where the element is nil.
    mutating func add(
        _ block: TextBlock, at point: Point, edge: TextEdge = .leading, colour: Colour = .ink,
        lines: Range<Int>? = nil, as element: Int? = nil
    ) {
        add(.text(block, at: point, edge: edge, colour: colour, lines: lines), as: element)
    }
}
