/// The fonts, loaded once and used for every document, and a cache of the texts set in them.
///
/// Only these two files are read: neither the machine's other fonts nor its settings can change a
/// document, which makes it byte-identical everywhere. For one thread at a time.
package final class FontSet {
    /// Where Debian's fonts-liberation2 installs them.
    static let directory = "/usr/share/fonts/truetype/liberation2"
    static let files = (regular: "LiberationSans-Regular.ttf", bold: "LiberationSans-Bold.ttf")
    /// Longer than any description seen in practice, and short enough to lay out at once.
    static let textCharactersMax = 20_000
    /// Labels, the seller's lines and the usual items: what a run sets repeatedly.
    static let blocksKeptMax = 4_096
    static let keptTextBytesMax = 256

    let regular: Typeface
    let bold: Typeface
    private let shaper: Shaper
    private let breaker: LineBreaker
    private var kept: [TextKey: TextBlock] = [:]

    /// Throws `fontsMissing` where a file does not exist.
    package convenience init() throws(PDFError) {
        try self.init(directory: Self.directory)
    }

    init(directory: String) throws(PDFError) {
        regular = try Typeface(directory: directory, file: Self.files.regular, isBold: false)
        bold = try Typeface(directory: directory, file: Self.files.bold, isBold: true)
        shaper = try Shaper()
        breaker = try LineBreaker(
            files: [Self.files.regular, Self.files.bold].map { "\(directory)/\($0)" })
    }

    func face(_ style: TextStyle) -> Typeface {
        style.isBold ? bold : regular
    }

    /// Sets a text in lines: wrapped at a width in points, and cut with an ellipsis after a number
    /// of lines, where they are given.
    ///
    /// Throws `textTooLong` and `lettersMissing`: what can't be shown in full is not shown at all.
    package func block(
        _ text: String, _ style: TextStyle, width: Double? = nil, linesMax: Int? = nil
    ) throws(PDFError) -> TextBlock {
        let key = TextKey(text: text, style: style, width: width, linesMax: linesMax)
        if let known = kept[key] { return known }
        let block = try set(key)
        if text.utf8.count <= Self.keptTextBytesMax {
            // Emptied completely: the cache changes how fast a document is drawn, never its
            // contents.
            if kept.count >= Self.blocksKeptMax { kept.removeAll(keepingCapacity: true) }
            kept[key] = block
        }
        return block
    }

    private func set(_ key: TextKey) throws(PDFError) -> TextBlock {
        let clean = PrintableText(key.text).text
        guard clean.utf8.count <= Self.textCharactersMax else {
            throw .textTooLong(characters: key.text.count, charactersMax: Self.textCharactersMax)
        }
        let face = face(key.style)
        do {
            if clean.unicodeScalars.allSatisfy(\.isPlain) {
                let line = try shaper.line(clean, face)
                let block = TextBlock([line], style: key.style, unitsPerEm: face.unitsPerEm)
                if block.width <= key.width ?? .infinity { return block }
            }
            return TextBlock(
                try breaker.lines(
                    clean, face, size: key.style.size, width: key.width, linesMax: key.linesMax),
                style: key.style, unitsPerEm: face.unitsPerEm)
        } catch .lettersMissing {
            throw .lettersMissing(missingGlyphs(in: clean))
        }
    }

    /// The letters of a text that a face lacks, each once, in order.
    package func missingGlyphs(in text: String) -> [Character] {
        PrintableText(text).text.reduce(into: []) { missing, character in
            guard !missing.contains(character) else { return }
            let isThere = [regular, bold].allSatisfy { face in
                guard let lines = try? breaker.lines(String(character), face, size: 10) else {
                    return false
                }
                return !lines.isEmpty
            }
            if !isThere { missing.append(character) }
        }
    }
}

/// Everything that determines how a text is set.
struct TextKey: Hashable {
    let text: String
    let style: TextStyle
    let width: Double?
    let linesMax: Int?
}
