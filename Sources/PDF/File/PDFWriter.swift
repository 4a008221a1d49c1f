/// Writes the objects of a PDF one after the other, and the table of their positions.
///
/// PDF 1.7 (ISO 32000-1) with a cross-reference stream (§ 7.5.8), since the many small objects of
/// the structure are compressed together. That stream itself is not compressed, so that `PDFFile`
/// can read it.
struct PDFWriter {
    private var output = PDFBytes()
    private var offsets: [Place] = [.free]
    private var packed: [(number: Int, offset: Int)] = []
    private var packedBytes = PDFBytes()

    /// The position of an object.
    private enum Place {
        case free
        case at(Int)
        case inStream(index: Int)
    }

    init() {
        // The size of an ordinary invoice.
        output.reserve(64 * 1024)
        // The second line marks the file as binary for programs that transfer it (§ 7.5.2).
        output.append("%PDF-1.7\n%\u{E5}\u{E6}\u{F8}\u{C5}\n")
    }

    /// The number of an object that will be written later.
    mutating func reserve() -> Int {
        offsets.append(.free)
        return offsets.count - 1
    }

    mutating func write(_ number: Int, _ body: (inout PDFBytes) -> Void) {
        offsets[number] = .at(output.count)
        output.append(number)
        output.append(" 0 obj\n")
        body(&output)
        output.append("\nendobj\n")
    }

    @discardableResult
    mutating func write(_ body: (inout PDFBytes) -> Void) -> Int {
        let number = reserve()
        write(number, body)
        return number
    }

    /// Writes a stream whose bytes are already compressed; the entries are those of its dictionary
    /// other than length and filter.
    @discardableResult
    mutating func write(deflated bytes: [UInt8], entries: String = "") -> Int {
        write(stream: bytes, entries: "/Filter/FlateDecode\(entries)")
    }

    @discardableResult
    mutating func write(stream bytes: [UInt8], entries: String) -> Int {
        write { output in
            output.append("<</Length ")
            output.append(bytes.count)
            output.append(entries)
            output.append(">>\nstream\n")
            output.append(bytes)
            output.append("\nendstream")
        }
    }

    /// Writes an object to the stream of objects that are compressed together: for small and
    /// numerous ones.
    mutating func writeCompressed(_ number: Int, _ body: (inout PDFBytes) -> Void) {
        offsets[number] = .inStream(index: packed.count)
        packed.append((number, packedBytes.count))
        body(&packedBytes)
        packedBytes.append("\n")
    }

    /// The complete file, once all objects are written.
    mutating func finish(
        root: Int, information: Int, compressor: Compressor
    ) throws(PDFError) -> [UInt8] {
        let stream = try writePacked(compressor)
        let table = reserve()
        let start = output.count
        let identity = FileFingerprint.bytes(of: output.bytes)
        let places = places(withTableAt: start)
        write(table) { output in
            output.append("<</Type/XRef/Size ")
            output.append(places.count)
            output.append("/W[1 4 2]/Root ")
            output.append(root)
            output.append(" 0 R/Info ")
            output.append(information)
            output.append(" 0 R/ID[")
            for _ in 1...2 { output.append(hexadecimal: identity) }
            output.append("]/Length ")
            output.append(places.count * 7)
            output.append(">>\nstream\n")
            for place in places { Self.append(place, stream: stream, to: &output) }
            output.append("\nendstream")
        }
        output.append("startxref\n")
        output.append(start)
        output.append("\n%%EOF\n")
        return output.bytes
    }

    /// The table contains its own position, as that of the last object.
    private func places(withTableAt start: Int) -> [Place] {
        offsets.dropLast() + [.at(start)]
    }

    /// An object stream (§ 7.5.7): the numbers and positions of its objects, and the objects.
    private mutating func writePacked(_ compressor: Compressor) throws(PDFError) -> Int {
        guard !packed.isEmpty else { return 0 }
        var index = PDFBytes()
        for (number, offset) in packed {
            index.append(number)
            index.append(" ")
            index.append(offset)
            index.append(" ")
        }
        let bytes = try compressor.compress(index.bytes + packedBytes.bytes)
        return write(
            deflated: bytes, entries: "/Type/ObjStm/N \(packed.count)/First \(index.count)")
    }

    private static func append(_ place: Place, stream: Int, to output: inout PDFBytes) {
        let (kind, first, second) =
            switch place {
            case .free: (0, 0, 0xFFFF)
            case .at(let offset): (1, offset, 0)
            case .inStream(let index): (2, stream, index)
            }
        output.append(byte: UInt8(kind))
        for shift in [24, 16, 8, 0] { output.append(byte: UInt8(first >> shift & 0xFF)) }
        for shift in [8, 0] { output.append(byte: UInt8(second >> shift & 0xFF)) }
    }
}

/// Bytes of a PDF being written: numbers and strings in the syntax of ISO 32000-1 § 7.3.
struct PDFBytes: Hashable {
    private(set) var bytes: [UInt8] = []

    var count: Int { bytes.count }

    mutating func reserve(_ capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    mutating func append(_ text: StaticString) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(_ more: [UInt8]) {
        bytes.append(contentsOf: more)
    }

    mutating func append(byte: UInt8) {
        bytes.append(byte)
    }

    mutating func append(_ number: Int) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        appendDigits(number.magnitude)
    }

    /// A number with as many decimals as a printer can resolve, two by default.
    mutating func append(_ number: Double, decimals: Int = 2) {
        let unit = decimals == 3 ? 1_000 : 100
        let scaled = Int((number * Double(unit)).rounded())
        if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
        let (whole, rest) = Int(scaled.magnitude).quotientAndRemainder(dividingBy: unit)
        appendDigits(whole.magnitude)
        guard rest > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        var (remaining, place) = (rest, unit / 10)
        while remaining > 0 {
            bytes.append(UInt8(48 + remaining / place))
            remaining %= place
            place /= 10
        }
    }

    /// A reference to an object, with a space after it.
    mutating func append(reference number: Int) {
        append(number)
        append(" 0 R ")
    }

    /// A text of the document information (§ 7.9.2): ASCII as it is, anything else in UTF-16.
    mutating func append(textString text: String) {
        guard text.utf8.contains(where: { $0 >= 0x7F || $0 < 0x20 }) else {
            append(byte: UInt8(ascii: "("))
            for byte in text.utf8 { append(stringByte: byte) }
            append(byte: UInt8(ascii: ")"))
            return
        }
        append("<FEFF")
        for unit in text.utf16 {
            for shift in [12, 8, 4, 0] { append(byte: Self.digit(unit >> shift & 0xF)) }
        }
        append(">")
    }

    /// A string of bytes that are not text (§ 7.3.4.3).
    mutating func append(hexadecimal string: [UInt8]) {
        append("<")
        for byte in string {
            append(byte: Self.digit(UInt16(byte >> 4)))
            append(byte: Self.digit(UInt16(byte & 0xF)))
        }
        append(">")
    }

    /// One byte of a literal string, escaped where necessary (§ 7.3.4.2).
    mutating func append(stringByte byte: UInt8) {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x0D:
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(UInt8(ascii: "r"))
        default: bytes.append(byte)
        }
    }

    private mutating func appendDigits(_ number: UInt) {
        guard number >= 10 else {
            bytes.append(UInt8(48 + number))
            return
        }
        appendDigits(number / 10)
        bytes.append(UInt8(48 + number % 10))
    }

    private static func digit(_ value: UInt16) -> UInt8 {
        UInt8(value < 10 ? 48 + value : 55 + value)
    }
}
