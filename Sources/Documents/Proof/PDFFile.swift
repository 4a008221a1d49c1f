/// A PDF as `PDFWriter` writes it, seen from its end: cross-reference table, trailer, and what they say.
///
/// Reads the classic table of PDF 1.7 (ISO 32000-1) § 7.5.4, which is what we write; other
/// people's files go through `AttachmentProof`.
struct PDFFile: Hashable {
    let bytes: [UInt8]
    /// Where each object begins, by its number; object 0 heads the list of free ones.
    let offsets: [Int]
    private let trailer: String

    /// Fails with `notProved` where the file can't be read from its end.
    init(_ bytes: [UInt8]) throws(DocumentError) {
        guard bytes.starts(with: "%PDF-".utf8) else {
            throw .notProved(reason: "it does not begin with %PDF-")
        }
        let end = String(decoding: bytes.suffix(64), as: UTF8.self)
        let tail = end.split(whereSeparator: \.isWhitespace).suffix(3)
        guard tail.count == 3, tail.last == "%%EOF", tail.first == "startxref",
            let start = Int(tail[tail.startIndex + 1]), bytes.indices.contains(start)
        else { throw .notProved(reason: "it is cut off before %%EOF") }
        guard let (offsets, trailer) = Self.readTable(bytes[start...]),
            offsets.indices.dropFirst().allSatisfy({ number in
                offsets[number] < start
                    && bytes[offsets[number]...].starts(with: "\(number) 0 obj".utf8)
            })
        else { throw .notProved(reason: "its table of objects can't be read") }
        self.bytes = bytes
        self.offsets = offsets
        self.trailer = trailer
    }

    private static func readTable(
        _ bytes: ArraySlice<UInt8>
    ) -> (offsets: [Int], trailer: String)? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasPrefix("xref\n0 "), let end = text.firstRange(of: "trailer\n") else {
            return nil
        }
        let lines = text[..<end.lowerBound].split(separator: "\n").dropFirst(2)
        let offsets = lines.compactMap { Int($0.prefix(10)) }
        guard offsets.count == lines.count, offsets.count > 1 else { return nil }
        let trailer = text[end.upperBound...]
        guard let last = trailer.firstRange(of: "startxref") else { return nil }
        return (offsets, String(trailer[..<last.lowerBound]))
    }
}

extension PDFFile {
    /// How many pages the page tree says that there are.
    var pageCount: Int? {
        guard let root = reference("Root", in: trailer[...]),
            let pages = reference("Pages", in: object(root))
        else { return nil }
        return integer("Count", in: object(pages))
    }

    /// The title of the document information, decoded (§ 7.9.2, UTF-16 or ASCII).
    var title: String? {
        guard let information = reference("Info", in: trailer[...]) else { return nil }
        let text = object(information)
        guard let key = text.firstRange(of: "/Title ") else { return nil }
        return PDFString(reading: text[key.upperBound...])?.text
    }

    private func object(_ number: Int) -> Substring {
        guard offsets.indices.contains(number) else { return "" }
        let text = String(decoding: bytes[offsets[number]...].prefix(16 * 1024), as: UTF8.self)
        return text[..<(text.firstRange(of: "endobj")?.lowerBound ?? text.endIndex)]
    }

    private func reference(_ key: String, in text: Substring) -> Int? {
        integer(key, in: text)
    }

    private func integer(_ key: String, in text: Substring) -> Int? {
        guard let found = text.firstRange(of: "/\(key) ") else { return nil }
        return Int(text[found.upperBound...].prefix { $0.isNumber })
    }
}
