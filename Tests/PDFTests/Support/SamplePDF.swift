@testable import PDF

/// Documents of a few pages, with nothing in them but what a test is about.
enum SamplePDF {
    static func draw(_ pages: [Page], structure: StructureTree = StructureTree()) throws -> [UInt8]
    {
        let canvas = Canvas(
            size: .a4,
            metadata: DocumentMetadata(
                title: "Prøve 7", author: "Åse", languageTag: "nb-NO", date: "2026-11-24",
                program: "Test"),
            structure: structure, compressor: try Compressor())
        for page in pages { try canvas.draw(page) }
        return try canvas.finish()
    }

    /// One page with a text on it, as a paragraph.
    static func text(_ text: String, width: Double? = nil) throws -> [UInt8] {
        let block = try FontSet().block(text, TextStyle(size: 9, leading: 12), width: width)
        var structure = StructureTree()
        var page = Page()
        let paragraph = structure.add(.paragraph)
        page.add(
            .text(block, at: Point(x: 60, y: 60), colour: Colour(red: 0, green: 0, blue: 0)),
            as: paragraph)
        return try draw([page], structure: structure)
    }
}
