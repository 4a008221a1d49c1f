import Wire

/// A PDF as `PDFWriter` writes it, parsed from its end: cross-reference table, trailer, and what
/// they refer to.
///
/// Reads an uncompressed cross-reference stream (ISO 32000-1 § 7.5.8), which is what we write; for
/// files of others there is `PDFMarks`.
package struct PDFFile: Hashable {
    let bytes: [UInt8]
    /// Where each object begins, by its number; nil for one in a compressed stream, or a free one.
    let offsets: [Int?]
    private let trailer: ArraySlice<UInt8>

    /// Throws `unvalidated` where the file can't be parsed from its end.
    package init(_ bytes: [UInt8]) throws(PDFError) {
        guard bytes.starts(with: "%PDF-".utf8) else {
            throw .unvalidated(reason: "it does not begin with %PDF-")
        }
        let end = String(decoding: bytes.suffix(64), as: UTF8.self)
        let tail = end.split(whereSeparator: \.isWhitespace).suffix(3)
        guard tail.count == 3, tail.last == "%%EOF", tail.first == "startxref",
            let start = Int(tail[tail.startIndex + 1]), bytes.indices.contains(start)
        else { throw .unvalidated(reason: "it is cut off before %%EOF") }
        guard let (offsets, dictionary) = Self.readTable(bytes[start...]),
            offsets.indices.allSatisfy({ number in
                offsets[number].map { Self.holdsObject(bytes, number, at: $0) } ?? true
            })
        else { throw .unvalidated(reason: "its table of objects can't be read") }
        self.bytes = bytes
        self.offsets = offsets
        trailer = dictionary
    }

    private static func holdsObject(_ bytes: [UInt8], _ number: Int, at offset: Int) -> Bool {
        bytes.indices.contains(offset) && bytes[offset...].starts(with: "\(number) 0 obj".utf8)
    }

    private static func readTable(
        _ bytes: ArraySlice<UInt8>
    ) -> (offsets: [Int?], dictionary: ArraySlice<UInt8>)? {
        guard let mark = bytes.place(of: ">>\nstream\n") else { return nil }
        let dictionary = bytes[..<mark.lowerBound]
        guard dictionary.place(of: "/Type/XRef") != nil, dictionary.place(of: "/W[1 4 2]") != nil,
            let size = integer("Size", in: dictionary), size > 1,
            bytes[mark.upperBound...].count / 7 >= size
        else { return nil }
        let offsets = (0..<size).map { number -> Int? in
            let entry = bytes[(mark.upperBound + number * 7)...].prefix(7)
            guard entry.first == 1 else { return nil }
            return entry.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
        }
        return (offsets, dictionary)
    }
}

extension PDFFile {
    /// The number of pages by the page tree; nil where it can't be read.
    package var pageCount: Int? {
        guard let root = Self.integer("Root", in: trailer),
            let pages = Self.integer("Pages", in: object(root))
        else { return nil }
        return Self.integer("Count", in: object(pages))
    }

    /// The title in the document information, decoded (§ 7.9.2, UTF-16 or ASCII); nil where it
    /// can't be read.
    package var title: String? {
        guard let information = Self.integer("Info", in: trailer) else { return nil }
        let text = object(information)
        guard let key = text.place(of: "/Title ") else { return nil }
        return PDFString(reading: String(decoding: text[key.upperBound...], as: UTF8.self)[...])?
            .text
    }

    private func object(_ number: Int) -> ArraySlice<UInt8> {
        guard offsets.indices.contains(number), let offset = offsets[number] else { return [] }
        let rest = bytes[offset...].prefix(16 * 1024)
        return rest[..<(rest.place(of: "endobj")?.lowerBound ?? rest.endIndex)]
    }

    private static func integer(_ key: String, in text: ArraySlice<UInt8>) -> Int? {
        guard let found = text.place(of: "/\(key) ") else { return nil }
        let digits = text[found.upperBound...].prefix {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}

/// A string object of a PDF, decoded (ISO 32000-1 § 7.3.4 and § 7.9.2).
struct PDFString: Hashable {
    let text: String

    /// Parses a literal or hexadecimal string at the beginning of a text.
    init?(reading source: Substring) {
        switch source.first {
        case "(": self.init(literal: source.dropFirst())
        case "<": self.init(hexadecimal: source.dropFirst())
        default: return nil
        }
    }

    private init?(literal source: Substring) {
        var text = ""
        var characters = source.makeIterator()
        while let character = characters.next() {
            switch character {
            case ")":
                self.text = text
                return
            case "\\":
                guard let escaped = characters.next() else { return nil }
                text.append(escaped)
            default: text.append(character)
            }
        }
        return nil
    }

    private init?(hexadecimal source: Substring) {
        guard let end = source.firstIndex(of: ">") else { return nil }
        var digits = source[..<end].filter(\.isHexDigit)[...]
        guard digits.uppercased().hasPrefix("FEFF"), digits.count.isMultiple(of: 4) else {
            return nil
        }
        digits = digits.dropFirst(4)
        var units: [UInt16] = []
        while !digits.isEmpty {
            guard let unit = UInt16(digits.prefix(4), radix: 16) else { return nil }
            units.append(unit)
            digits = digits.dropFirst(4)
        }
        text = String(decoding: units, as: UTF16.self)
    }
}

/// The marks of any complete PDF, whichever program wrote it.
package enum PDFMarks {
    /// What is wrong with a file that should be a PDF, in a few words; nil where nothing is.
    ///
    /// ISO 32000-1 § 7.5, with the tolerance of reader programs (Annex H): the header in the first
    /// kilobyte, the end in the last two, and offsets from either beginning.
    package static func problem(in content: [UInt8]) -> String? {
        guard let header = content.prefix(1_024).firstRange(of: Array("%PDF-".utf8)) else {
            return "it is no PDF"
        }
        let end = String(decoding: content.suffix(2_048), as: UTF8.self)
        guard let last = end.ranges(of: "startxref").last, end.contains("%%EOF"),
            let start = Int(
                end[last.upperBound...].drop(while: \.isWhitespace).prefix(while: \.isNumber)),
            start < content.count
        else { return "the PDF is cut off" }
        let isSound = [start, start + header.lowerBound].contains { holdsTable(content, at: $0) }
        return isSound ? nil : "the PDF is damaged"
    }

    /// Whether there is a cross-reference table, or the object of a cross-reference stream.
    private static func holdsTable(_ content: [UInt8], at start: Int) -> Bool {
        let table = content.dropFirst(start).drop { [0x20, 0x0A, 0x0D].contains($0) }
        return table.starts(with: "xref".utf8)
            || table.first.map { (0x30...0x39).contains($0) } ?? false
    }
}

/// Why a PDF could not be created, or why bytes are not accepted as one.
///
/// Always a fault of the input or the installation: the same input has the same result.
package enum PDFError: Error, Hashable {
    /// The fonts of the package `fonts-liberation2` are not in the directory.
    case fontsMissing(directory: String)
    /// These letters are in none of the fonts, and would be blank boxes.
    case lettersMissing([Character])
    /// A single text is longer than can be laid out at once.
    case textTooLong(characters: Int, charactersMax: Int)
    /// The library's own words.
    case drawingFailed(reason: String)
    /// The bytes are not a complete PDF as `PDFWriter` writes it.
    case unvalidated(reason: String)
}
