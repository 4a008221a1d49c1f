/// A size and weight of Liberation Sans with the line spacing, both in points.
///
/// Only two faces, regular and bold: each face used is embedded in every document.
package struct TextStyle: Hashable, Sendable {
    let size: Double
    /// The distance from one baseline to the next, in points.
    package let leading: Double
    let isBold: Bool

    /// `size` and `leading` are in points.
    package init(size: Double, leading: Double, isBold: Bool = false) {
        self.size = size
        self.leading = leading
        self.isBold = isBold
    }

    /// The distance from the top of a line to its baseline, by which capitals are centred in the
    /// line.
    var ascent: Double {
        leading / 2 + size * 0.36
    }
}

/// A text set in lines, measured, and ready to be drawn any number of times.
package final class TextBlock {
    /// The style in which it was set.
    package let style: TextStyle
    let lines: [TextLine]
    /// The width of the longest line, in points.
    package let width: Double
    private let unitsPerEm: Int

    init(_ lines: [TextLine], style: TextStyle, unitsPerEm: Int) {
        self.lines = lines
        self.style = style
        self.unitsPerEm = unitsPerEm
        width = Double(lines.map(\.width).max() ?? 0) * style.size / Double(unitsPerEm)
    }

    package var lineCount: Int { lines.count }

    /// The height of all lines, in points.
    package var height: Double {
        Double(lineCount) * style.leading
    }

    /// A length in font units converted to points.
    func points(_ units: Int) -> Double {
        Double(units) * style.size / Double(unitsPerEm)
    }
}

/// One line of set text: what a content stream shows, and its width.
///
/// All lengths are in font units, so a line is the same at any size.
struct TextLine {
    private(set) var runs: [Run] = []
    private(set) var width = 0

    /// Consecutive glyphs from one subset.
    struct Run {
        let subset: FontSubset
        /// The distance from the start of the line.
        let x: Int
        /// The distance above the line.
        let y: Int
        /// The operand of the operator TJ (ISO 32000-1 § 9.4.3), without brackets.
        var operand = PDFBytes()
        /// The position after the glyphs, as a reader program calculates it.
        var end: Int
    }

    /// Appends a glyph, with `advance` to the next one.
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

    /// Ends the line with a space without width, so that reading aloud or copying does not join it
    /// with the next line.
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

    /// Moves to the position of the next glyph, where kerning or a combining mark shifted it.
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
