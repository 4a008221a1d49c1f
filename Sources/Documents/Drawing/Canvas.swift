import Invoicing

/// One PDF being drawn, page by page, into memory.
///
/// The unit is the point, and y grows downwards. What can be made once is made elsewhere and only
/// copied here: slices of fonts, and pictures.
final class Canvas {
    private let size: Size
    private let metadata: DocumentMetadata
    private let compressor: Compressor
    private var content = ContentStream()
    private var structure: StructureTree
    private var pages: [FinishedPage] = []

    /// A page whose marks are known and compressed.
    private struct FinishedPage {
        let content: [UInt8]
        let slices: [FontSubset]
        let pictures: [Picture]
        let marked: [Int]
    }

    init(
        size: Size, metadata: DocumentMetadata, structure: StructureTree, compressor: Compressor
    ) {
        self.structure = structure
        self.size = size
        self.metadata = metadata
        self.compressor = compressor
    }

    /// Ends the page; what is drawn next stands on a new one.
    func endPage() throws(DocumentError) {
        content.finish()
        for (number, element) in content.marked.enumerated() {
            structure.mark(element, page: pages.count, number: number)
        }
        pages.append(
            FinishedPage(
                content: try compressor.compress(content.bytes), slices: content.slices,
                pictures: content.pictures, marked: content.marked))
        content.clear()
    }

    /// Says what is drawn next: an element of the structure, or decoration.
    func begin(_ element: Int?, isText: Bool) {
        content.begin(element, role: element.map { structure.elements[$0].role }, isText: isText)
    }

    /// Draws a text, or some of its lines, with the upper edge of its first line at the point.
    func draw(
        _ block: TextBlock, at point: Point, edge: TextEdge = .leading, colour: Colour = .ink,
        lines: Range<Int>? = nil
    ) {
        content.use(colour)
        var baseline = size.height - point.y - block.style.ascent
        for index in lines ?? 0..<block.lineCount {
            let line = block.lines[index]
            let x = edge == .leading ? point.x : point.x - block.points(line.width)
            for run in line.runs {
                content.show(
                    run, size: block.style.size, x: x + block.points(run.x),
                    y: baseline + block.points(run.y))
            }
            baseline -= block.style.leading
        }
    }

    func fill(_ rectangle: Rectangle, _ colour: Colour) {
        content.use(colour)
        content.fill(
            x: rectangle.x, y: size.height - rectangle.maxY, width: rectangle.width,
            height: rectangle.height)
    }

    /// Draws a horizontal rule.
    func rule(from x: Double, to end: Double, y: Double, thickness: Double, _ colour: Colour) {
        fill(
            Rectangle(x: x, y: y - thickness / 2, width: end - x, height: thickness), colour)
    }

    func draw(_ picture: Picture, in rectangle: Rectangle) {
        content.draw(
            picture, x: rectangle.x, y: size.height - rectangle.maxY, width: rectangle.width,
            height: rectangle.height)
    }

    /// Ends the document and gives its bytes; a document without a page is refused.
    func finish() throws(DocumentError) -> [UInt8] {
        guard !pages.isEmpty else { throw .drawingFailed(reason: "the document has no page") }
        var file = PDFWriter()
        let (root, tree) = (file.reserve(), file.reserve())
        let information = writeInformation(&file)
        let packet = file.write(
            stream: XMPMetadata(metadata: metadata).packet,
            entries: "/Type/Metadata/Subtype/XML")
        let resources = writeResources(&file)
        let kids = pages.enumerated().map { index, page in
            let stream = file.write(deflated: page.content)
            return file.write { output in
                output.append("<</Type/Page/Parent \(tree) 0 R/Contents \(stream) 0 R/Resources ")
                output.append("\(resources) 0 R/StructParents \(index)/Tabs/S>>")
            }
        }
        let structureRoot = structure.write(to: &file, pages: kids, marked: pages.map(\.marked))
        file.write(tree) { output in
            output.append("<</Type/Pages/Count \(kids.count)/MediaBox[0 0 ")
            output.append(size.width)
            output.append(" ")
            output.append(size.height)
            output.append("]/Kids[\(kids.map { "\($0) 0 R" }.joined(separator: " "))]>>")
        }
        file.write(root) { output in
            output.append("<</Type/Catalog/Pages \(tree) 0 R/Lang (\(metadata.languageTag))")
            output.append("/ViewerPreferences<</DisplayDocTitle true>>/MarkInfo<</Marked true>>")
            output.append("/StructTreeRoot \(structureRoot) 0 R/Metadata \(packet) 0 R>>")
        }
        return try file.finish(root: root, information: information, compressor: compressor)
    }

    private func writeInformation(_ file: inout PDFWriter) -> Int {
        file.write { output in
            output.append("<</Title ")
            output.append(textString: PrintableText(metadata.title).text)
            output.append("/Author ")
            output.append(textString: PrintableText(metadata.author).text)
            for key in ["Creator", "Producer"] {
                output.append("/\(key)(\(DocumentMetadata.program))")
            }
            output.append("/CreationDate (D:")
            output.append("\(metadata.date)".filter { $0 != "-" })
            output.append("000000Z)>>")
        }
    }

    /// The fonts and pictures of all pages, each once, in the order in which they were first used.
    private func writeResources(_ file: inout PDFWriter) -> Int {
        var slices: [FontSubset] = []
        var pictures: [Picture] = []
        for page in pages {
            for slice in page.slices where !slices.contains(where: { $0 === slice }) {
                slices.append(slice)
            }
            for picture in page.pictures where !pictures.contains(where: { $0 === picture }) {
                pictures.append(picture)
            }
        }
        let fonts = slices.map { "/\($0.name) \($0.write(to: &file)) 0 R" }
        let images = pictures.map { "/\($0.name) \($0.write(to: &file)) 0 R" }
        return file.write { output in
            output.append("<</Font<<\(fonts.joined())>>")
            if !images.isEmpty { output.append("/XObject<<\(images.joined())>>") }
            output.append(">>")
        }
    }
}
