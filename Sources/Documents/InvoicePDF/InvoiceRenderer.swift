package import Invoicing

/// Draws invoices and credit notes as PDF.
///
/// Fonts are read once, so one renderer is made for a run and used for all
/// of its documents; it is for one thread. The same invoice and form give the same bytes, on any
/// day and machine with the same libraries and fonts.
package final class InvoiceRenderer {
    private let fonts: FontSet
    private let compressor: Compressor

    /// Fails with `DocumentError.fontsMissing` where the fonts are not installed.
    package init() throws {
        fonts = try FontSet()
        compressor = try Compressor()
    }

    /// The bytes of the document; `PDFValidation.verify` holds for them.
    ///
    /// Throws `DocumentError`: nothing that can't be shown whole is shown in part.
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
        var layout = InvoiceLayout(
            content: content, fonts: fonts, accent: accent.readableOnWhite,
            logo: try form.logo.map(Self.picture))
        let pages = try layout.pages()
        let canvas = Canvas(
            size: .a4,
            metadata: DocumentMetadata(
                title: content.title, author: SingleLine(invoice.seller.name).text,
                languageTag: DocumentTexts.tag(form.language), date: invoice.issueDate),
            structure: layout.structure, compressor: compressor)
        for page in pages { try page.draw(on: canvas) }
        return try canvas.finish()
    }

    private static func picture(of logo: FormLogo) throws(DocumentError) -> Picture {
        switch logo {
        case .picture(let picture): Picture(picture)
        case .unusable(let fault): throw .logoUnusable(fault)
        }
    }

    /// The letters of a text that no font of ours has; a document with one of them is refused.
    package func missingGlyphs(in text: String) throws -> [Character] {
        fonts.missingGlyphs(in: text)
    }
}
