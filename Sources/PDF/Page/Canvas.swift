/// A PDF being drawn in memory, page by page.
///
/// The unit is the point, and y grows downwards. What can be prepared once is prepared elsewhere
/// and only copied here: font subsets and pictures.
package final class Canvas {
    private let size: Size
    private let metadata: DocumentMetadata
    private let compressor: Compressor
    private var content = ContentStream()
    private var structure: StructureTree
    private var pages: [FinishedPage] = []

    /// A page whose marks are complete and compressed.
    private struct FinishedPage {
        let content: [UInt8]
        let subsets: [FontSubset]
        let pictures: [Picture]
        let marked: [Int]
    }

    /// A document of pages of one size; `structure` has the elements to which their marks belong.
    package init(
        size: Size, metadata: DocumentMetadata, structure: StructureTree, compressor: Compressor
    ) {
        self.structure = structure
        self.size = size
        self.metadata = metadata
        self.compressor = compressor
    }

    /// Draws the page after the previous ones.
    ///
    /// Throws `drawingFailed` where memory is short.
    package func draw(_ page: Page) throws(PDFError) {
        for (mark, element) in page.marks {
            content.begin(
                element, role: element.map { structure.elements[$0].role }, isText: mark.isText)
            switch mark {
            case .text(let block, let point, let edge, let colour, let lines):
                draw(block, at: point, edge: edge, colour: colour, lines: lines)
            case .fill(let rectangle, let colour):
                fill(rectangle, colour)
            case .rule(let x, let end, let y, let thickness, let colour):
                let top = y - thickness / 2
                fill(Rectangle(x: x, y: top, width: end - x, height: thickness), colour)
            case .picture(let picture, let rectangle):
                content.draw(
                    picture, x: rectangle.x, y: size.height - rectangle.maxY,
                    width: rectangle.width, height: rectangle.height)
            }
        }
        try endPage()
    }

    private func endPage() throws(PDFError) {
        content.finish()
        for (number, element) in content.marked.enumerated() {
            structure.mark(element, page: pages.count, number: number)
        }
        pages.append(
            FinishedPage(
                content: try compressor.compress(content.bytes), subsets: content.subsets,
                pictures: content.pictures, marked: content.marked))
        content.clear()
    }

    private func draw(
        _ block: TextBlock, at point: Point, edge: TextEdge, colour: Colour, lines: Range<Int>?
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

    private func fill(_ rectangle: Rectangle, _ colour: Colour) {
        content.use(colour)
        content.fill(
            x: rectangle.x, y: size.height - rectangle.maxY, width: rectangle.width,
            height: rectangle.height)
    }

    /// Ends the document and returns its bytes.
    ///
    /// Throws `drawingFailed`, also for a document without pages.
    package func finish() throws(PDFError) -> [UInt8] {
        guard !pages.isEmpty else { throw .drawingFailed(reason: "the document has no page") }
        var file = PDFWriter()
        let (root, tree) = (file.reserve(), file.reserve())
        let information = file.write { metadata.appendInformation(to: &$0) }
        let packet = file.write(stream: metadata.packet, entries: "/Type/Metadata/Subtype/XML")
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

    /// The fonts and pictures of all pages, each once, in the order of their first use.
    private func writeResources(_ file: inout PDFWriter) -> Int {
        var subsets: [FontSubset] = []
        var pictures: [Picture] = []
        for page in pages {
            for subset in page.subsets where !subsets.contains(where: { $0 === subset }) {
                subsets.append(subset)
            }
            for picture in page.pictures where !pictures.contains(where: { $0 === picture }) {
                pictures.append(picture)
            }
        }
        let fonts = subsets.map { "/\($0.name) \($0.write(to: &file)) 0 R" }
        let images = pictures.map { "/\($0.name) \($0.write(to: &file)) 0 R" }
        return file.write { output in
            output.append("<</Font<<\(fonts.joined())>>")
            if !images.isEmpty { output.append("/XObject<<\(images.joined())>>") }
            output.append(">>")
        }
    }
}
