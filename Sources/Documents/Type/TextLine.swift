/// One line of text, set: what a content stream shows of it, and how wide it is.
///
/// All is measured in units of the font, so a line is the same at any size.
struct TextLine {
    private(set) var runs: [Run] = []
    private(set) var width = 0

    /// Glyphs that follow each other in one slice.
    struct Run {
        let slice: FontSubset
        /// From the line's start.
        let x: Int
        /// Above the line.
        let y: Int
        /// The operand of the operator TJ (ISO 32000-1 § 9.4.3), without its brackets.
        var operand = PDFBytes()
        /// How far the glyphs have led, as a reader reckons it.
        var end: Int
    }

    /// Adds a glyph after those before it, `advance` before the next one.
    mutating func append(
        code: UInt16, in slice: FontSubset, natural: Int, advance: Int, xOffset: Int, yOffset: Int,
        unitsPerEm: Int
    ) {
        let x = width + xOffset
        if let last = runs.last, last.slice === slice, last.y == yOffset {
            extend(to: x, unitsPerEm)
        } else {
            close()
            runs.append(Run(slice: slice, x: x, y: yOffset, end: x))
            runs[runs.count - 1].operand.append(byte: UInt8(ascii: "("))
        }
        let index = runs.count - 1
        runs[index].operand.append(stringByte: UInt8(code >> 8))
        runs[index].operand.append(stringByte: UInt8(code & 0xFF))
        runs[index].end += natural
        width += advance
    }

    /// Ends the line with a space of no width to us, so that who reads it out or copies it does
    /// not run it together with the next one.
    mutating func end() {
        if let space = runs.last?.slice.space {
            runs[runs.count - 1].operand.append(stringByte: UInt8(space >> 8))
            runs[runs.count - 1].operand.append(stringByte: UInt8(space & 0xFF))
        }
        close()
    }

    private mutating func close() {
        guard !runs.isEmpty else { return }
        runs[runs.count - 1].operand.append(byte: UInt8(ascii: ")"))
    }

    /// Leads the reader on to where the next glyph stands, where kerning or a mark moved it.
    private mutating func extend(to x: Int, _ unitsPerEm: Int) {
        let index = runs.count - 1
        let gap = runs[index].end - x
        guard gap != 0 else { return }
        let thousandths = Int((Double(gap) * 1_000 / Double(unitsPerEm)).rounded())
        runs[index].operand.append(byte: UInt8(ascii: ")"))
        runs[index].operand.append(thousandths)
        runs[index].operand.append(byte: UInt8(ascii: "("))
        runs[index].end = x
    }
}
