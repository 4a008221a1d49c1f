import CPangoCairo

/// One PDF being drawn, page by page, into memory.
///
/// A fault of cairo's sticks to its surface, so it is asked for once, at the end: a broken file
/// never gets out. The unit is the point, and y grows downwards.
final class Canvas {
    private let surface: OpaquePointer
    private let cairo: OpaquePointer
    private let output = OutputBuffer()
    private let metadata: DocumentMetadata

    init(size: Size, metadata: DocumentMetadata) throws(DocumentError) {
        self.metadata = metadata
        // The buffer outlives the surface: both are this object's, and deinit ends the surface.
        guard
            let surface = cairo_pdf_surface_create_for_stream(
                { OutputBuffer.append(context: $0, bytes: $1, count: $2) },
                Unmanaged.passUnretained(output).toOpaque(), size.width, size.height),
            let cairo = cairo_create(surface)
        else { throw .drawingFailed(reason: "no memory for a document") }
        self.surface = surface
        self.cairo = cairo
        describe()
    }

    deinit {
        cairo_destroy(cairo)
        cairo_surface_finish(surface)
        cairo_surface_destroy(surface)
    }

    private func describe() {
        let date = metadata.date
        let title = PrintableText(metadata.title).text
        let author = PrintableText(metadata.author).text
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, author)
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Budstikke")
        cairo_pdf_surface_set_metadata(
            surface, CAIRO_PDF_METADATA_CREATE_DATE, "\(date)T00:00:00Z")
    }

    /// Ends the page; what is drawn next stands on a new one.
    func endPage() {
        cairo_show_page(cairo)
    }

    /// Draws a text, or some of its lines, with the upper edge of its first line at the point.
    func draw(
        _ block: TextBlock, at point: Point, edge: TextEdge = .leading, colour: Colour = .ink,
        lines: Range<Int>? = nil
    ) {
        use(colour)
        var baseline = point.y + block.style.ascent
        for line in lines ?? 0..<block.lineCount {
            block.show(
                line: line, at: Point(x: point.x, y: baseline), edge: edge, on: cairo)
            baseline += block.style.leading
        }
    }

    func fill(_ rectangle: Rectangle, _ colour: Colour) {
        use(colour)
        cairo_rectangle(
            cairo, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
        cairo_fill(cairo)
    }

    /// Draws a horizontal rule.
    func rule(from x: Double, to end: Double, y: Double, thickness: Double, _ colour: Colour) {
        use(colour)
        cairo_set_line_width(cairo, thickness)
        cairo_move_to(cairo, x, y)
        cairo_line_to(cairo, end, y)
        cairo_stroke(cairo)
    }

    func draw(_ picture: Picture, in rectangle: Rectangle) {
        picture.show(in: rectangle, on: cairo)
    }

    /// Ends the document and gives its bytes; a document without a page is refused.
    func finish() throws(DocumentError) -> [UInt8] {
        let drawn = cairo_status(cairo)
        cairo_surface_finish(surface)
        for status in [drawn, cairo_surface_status(surface)]
        where status != CAIRO_STATUS_SUCCESS {
            throw .drawingFailed(reason: String(cString: cairo_status_to_string(status)))
        }
        var file = try PDFFile(output.bytes)
        try file.complete(languageTag: metadata.languageTag)
        return file.bytes
    }

    private func use(_ colour: Colour) {
        cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue)
    }
}
