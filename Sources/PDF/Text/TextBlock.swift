/// A size and weight of Liberation Sans, with the distance from line to line, both in points.
///
/// Two faces only, regular and bold: each face used is embedded in every document.
package struct TextStyle: Hashable, Sendable {
    let size: Double
    package let leading: Double
    let isBold: Bool

    package init(size: Double, leading: Double, isBold: Bool = false) {
        self.size = size
        self.leading = leading
        self.isBold = isBold
    }

    /// From the top of a line to its baseline, so that capitals stand in the middle of the line.
    var ascent: Double {
        leading / 2 + size * 0.36
    }
}

/// A text set in lines, measured, and ready to be drawn as often as one likes.
package final class TextBlock {
    /// What it was set with.
    package let style: TextStyle
    let lines: [TextLine]
    /// Of the longest line, in points.
    package let width: Double
    private let unitsPerEm: Int

    init(_ lines: [TextLine], style: TextStyle, unitsPerEm: Int) {
        self.lines = lines
        self.style = style
        self.unitsPerEm = unitsPerEm
        width = Double(lines.map(\.width).max() ?? 0) * style.size / Double(unitsPerEm)
    }

    package var lineCount: Int { lines.count }

    /// Of all lines, in points.
    package var height: Double {
        Double(lineCount) * style.leading
    }

    /// A length in units of the font, in points.
    func points(_ units: Int) -> Double {
        Double(units) * style.size / Double(unitsPerEm)
    }
}

/// One line of text, set: what a content stream shows of it, and how wide it is.
///
/// All is measured in units of the font, so a line is the same at any size.
struct TextLine {
    private(set) var runs: [Run] = []
    private(set) var width = 0

    /// Glyphs that follow each other in one subset.
    struct Run {
        let subset: FontSubset
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
        code: UInt16, in subset: FontSubset, natural: Int, advance: Int, xOffset: Int, yOffset: Int,
        unitsPerEm: Int
    ) {
        let x = width + xOffset
        if let last = runs.last, last.subset === subset, last.y == yOffset {
            extend(to: x, unitsPerEm)
        } else {
            close()
            runs.append(Run(subset: subset, x: x, y: yOffset, end: x))
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
        if let space = runs.last?.subset.space {
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
