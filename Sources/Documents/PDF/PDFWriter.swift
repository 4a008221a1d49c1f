/// Objects of a PDF written one after the other, and the table that says where each stands.
///
/// PDF 1.7 (ISO 32000-1) with the classic cross-reference table, which every reader knows.
struct PDFWriter {
    private var output = PDFBytes()
    /// Where each object begins, by its number; 0 where it is yet to be written.
    private var offsets = [0]

    init() {
        // What an ordinary invoice comes to.
        output.reserve(64 * 1024)
        // The second line tells programs that move files that this one is binary (§ 7.5.2).
        output.append("%PDF-1.7\n%\u{E5}\u{E6}\u{F8}\u{C5}\n")
    }

    /// The number of an object that will be written later.
    mutating func reserve() -> Int {
        offsets.append(0)
        return offsets.count - 1
    }

    mutating func write(_ number: Int, _ body: (inout PDFBytes) -> Void) {
        begin(number)
        body(&output)
        output.append("\nendobj\n")
    }

    @discardableResult
    mutating func write(_ body: (inout PDFBytes) -> Void) -> Int {
        let number = reserve()
        write(number, body)
        return number
    }

    /// A stream whose bytes are compressed already; the entries are those of its dictionary
    /// beyond length and filter.
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

    /// The whole file, when all objects are written.
    mutating func finish(root: Int, information: Int) -> [UInt8] {
        let start = output.count
        output.append("xref\n0 ")
        output.append(offsets.count)
        output.append("\n0000000000 65535 f \n")
        for offset in offsets.dropFirst() {
            output.append(Self.padded(offset))
            output.append(" 00000 n \n")
        }
        output.append("trailer\n<</Size ")
        output.append(offsets.count)
        output.append("/Root ")
        output.append(root)
        output.append(" 0 R/Info ")
        output.append(information)
        output.append(" 0 R>>\nstartxref\n")
        output.append(start)
        output.append("\n%%EOF\n")
        return output.bytes
    }

    private mutating func begin(_ number: Int) {
        offsets[number] = output.count
        output.append(number)
        output.append(" 0 obj\n")
    }

    private static func padded(_ offset: Int) -> [UInt8] {
        var digits = [UInt8](repeating: 48, count: 10)
        var (rest, index) = (offset, 9)
        while rest > 0, index >= 0 {
            digits[index] = UInt8(48 + rest % 10)
            rest /= 10
            index -= 1
        }
        return digits
    }
}
