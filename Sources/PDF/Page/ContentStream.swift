/// The marks of one page as operators (ISO 32000-1 Annex A); a state is set only where it changes.
struct ContentStream {
    private var output = PDFBytes()
    private(set) var subsets: [FontSubset] = []
    private(set) var pictures: [Picture] = []
    private var colour: Colour?
    private var font: (subset: FontSubset, size: Double)?
    private var isInText = false
    private var tag: Tag?
    /// The element of each marked-content sequence, by its number.
    private(set) var marked: [Int] = []

    /// What the marks that follow belong to.
    private enum Tag: Equatable {
        case artifact
        case element(Int)
    }

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

    /// Begins marked content: an element of the structure, or decoration.
    ///
    /// Marked content lies within one text object or outside of all (ISO 32000-1 § 14.6.1), so it
    /// ends where text begins or ends.
    mutating func begin(_ element: Int?, role: StructureTree.Role?, isText: Bool) {
        let tag: Tag = element.map { .element($0) } ?? .artifact
        guard tag != self.tag || isText != isInText else { return }
        endTag()
        if isText != isInText {
            output.append(isText ? "BT\n" : "ET\n")
            isInText = isText
        }
        self.tag = tag
        guard let element, let role else {
            output.append("/Artifact BMC\n")
            return
        }
        output.append("/")
        output.append(role.type)
        output.append("<</MCID ")
        output.append(marked.count)
        output.append(">>BDC\n")
        marked.append(element)
    }

    /// Shows glyphs from a point on their baseline, where y grows upwards.
    mutating func show(_ run: TextLine.Run, size: Double, x: Double, y: Double) {
        if font?.subset !== run.subset || font?.size != size {
            font = (run.subset, size)
            if !subsets.contains(where: { $0 === run.subset }) { subsets.append(run.subset) }
            output.append("/")
            output.append(run.subset.name)
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
        for number in [x, y, width, height] {
            output.append(number)
            output.append(" ")
        }
        output.append("re f\n")
    }

    mutating func draw(_ picture: Picture, x: Double, y: Double, width: Double, height: Double) {
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
        endTag()
        if isInText { output.append("ET\n") }
        isInText = false
    }

    private mutating func endTag() {
        guard tag != nil else { return }
        output.append("EMC\n")
        tag = nil
    }
}
