/// The marks of one page as operators (ISO 32000-1 Annex A), each state set only where it changes.
struct ContentStream {
    private var output = PDFBytes()
    private(set) var slices: [FontSlice] = []
    private(set) var pictures: [Picture] = []
    private var colour: Colour?
    private var font: (slice: FontSlice, size: Double)?
    private var isInText = false

    var bytes: [UInt8] { output.bytes }

    mutating func clear() {
        self = ContentStream()
    }

    mutating func use(_ colour: Colour) {
        guard colour != self.colour else { return }
        self.colour = colour
        for part in [colour.red, colour.green, colour.blue] {
            output.append(part, decimals: 3)
            output.append(" ")
        }
        output.append("rg\n")
    }

    /// Shows glyphs from a point on their baseline, y growing upwards.
    mutating func show(_ run: TextLine.Run, size: Double, x: Double, y: Double) {
        if !isInText {
            output.append("BT\n")
            isInText = true
        }
        if font?.slice !== run.slice || font?.size != size {
            font = (run.slice, size)
            if !slices.contains(where: { $0 === run.slice }) { slices.append(run.slice) }
            output.append("/")
            output.append(run.slice.name)
            output.append(" ")
            output.append(size)
            output.append(" Tf\n")
        }
        output.append("1 0 0 1 ")
        output.append(x)
        output.append(" ")
        output.append(y)
        output.append(" Tm[")
        output.append(run.operand.bytes)
        output.append("]TJ\n")
    }

    mutating func fill(x: Double, y: Double, width: Double, height: Double) {
        endText()
        for number in [x, y, width, height] {
            output.append(number)
            output.append(" ")
        }
        output.append("re f\n")
    }

    mutating func draw(_ picture: Picture, x: Double, y: Double, width: Double, height: Double) {
        endText()
        if !pictures.contains(where: { $0 === picture }) { pictures.append(picture) }
        output.append("q ")
        output.append(width)
        output.append(" 0 0 ")
        output.append(height)
        output.append(" ")
        output.append(x)
        output.append(" ")
        output.append(y)
        output.append(" cm/")
        output.append(picture.name)
        output.append(" Do Q\n")
    }

    mutating func finish() {
        endText()
    }

    private mutating func endText() {
        guard isInText else { return }
        output.append("ET\n")
        isInText = false
    }
}
