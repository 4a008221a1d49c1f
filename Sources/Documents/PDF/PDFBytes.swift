/// Bytes of a PDF in the making: numbers and strings as ISO 32000-1 § 7.3 writes them.
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

    /// A number with as many decimals as a printer can tell apart, two unless told.
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

    /// A text of the document information (§ 7.9.2): ASCII as it is, all else in UTF-16.
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

    /// A string of bytes that are no text (§ 7.3.4.3).
    mutating func append(hexadecimal string: [UInt8]) {
        append("<")
        for byte in string {
            append(byte: Self.digit(UInt16(byte >> 4)))
            append(byte: Self.digit(UInt16(byte & 0xF)))
        }
        append(">")
    }

    /// One byte of a literal string, escaped where it has to be (§ 7.3.4.2).
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
