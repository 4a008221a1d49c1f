/// The fonts, read once and used for every document, and the texts that were set with them.
///
/// These two files are read and nothing else: neither the machine's other fonts nor its settings
/// can change a document, which is what makes one byte-identical everywhere. Not for more than
/// one thread at a time.
package final class FontSet {
    /// Where Debian's fonts-liberation2 puts them.
    static let directory = "/usr/share/fonts/truetype/liberation2"
    static let files = (regular: "LiberationSans-Regular.ttf", bold: "LiberationSans-Bold.ttf")
    /// Longer than any description we have seen, and short enough to lay out at once.
    static let textCharactersMax = 20_000
    /// Labels, the seller's lines and the usual items: what a run sets again and again.
    static let blocksKeptMax = 4_096
    static let keptTextBytesMax = 256

    let regular: Typeface
    let bold: Typeface
    private let shaper: Shaper
    private let breaker: LineBreaker
    private var kept: [TextKey: TextBlock] = [:]

    /// Throws `fontsMissing` where a file is not there.
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

    /// Sets a text in lines: wrapped where a width is given, cut with an ellipsis where a number
    /// of lines is; the width in points.
    ///
    /// Throws `textTooLong` and `lettersMissing`: what can't be shown whole is not shown at all.
    package func block(
        _ text: String, _ style: TextStyle, width: Double? = nil, linesMax: Int? = nil
    ) throws(PDFError) -> TextBlock {
        let key = TextKey(text: text, style: style, width: width, linesMax: linesMax)
        if let known = kept[key] { return known }
        let block = try set(key)
        if text.utf8.count <= Self.keptTextBytesMax {
            // Emptied whole: which texts are kept changes how fast a document is, never what it is.
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

    /// The letters of a text that a face lacks, each once, in their order.
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

/// All that decides how a text is set.
struct TextKey: Hashable {
    let text: String
    let style: TextStyle
    let width: Double?
    let linesMax: Int?
}
