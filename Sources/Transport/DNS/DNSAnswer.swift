/// The answer of a name server, as far as it holds texts (RFC 1035 § 4).
///
/// Names are passed over and never followed, so that no pointer in them can lead in a circle.
package struct DNSAnswer: Hashable, Sendable {
    /// The texts of the TXT records, each with its strings joined (RFC 7208 § 3.3).
    package let texts: [String]

    /// More records than any name has.
    private static let recordsMax = 1_000
    private static let headerBytes = 12

    /// Nil where the bytes are no whole answer.
    package init?(_ bytes: [UInt8]) {
        var reader = Reader(rest: bytes[...])
        guard let header = reader.take(Self.headerBytes) else { return nil }
        let fields = header.pairs
        // The highest bit of the flags tells answers from questions.
        guard fields[1] & 0x8000 != 0, fields[2] <= Self.recordsMax, fields[3] <= Self.recordsMax
        else { return nil }
        for _ in 0..<fields[2] {
            guard reader.skipName(), reader.take(4) != nil else { return nil }
        }
        var texts: [String] = []
        for _ in 0..<fields[3] {
            guard reader.skipName(), let record = reader.take(10)?.pairs,
                let data = reader.take(record[4])
            else { return nil }
            guard record[0] == 16, record[1] == 1 else { continue }
            guard let text = Self.text(data) else { return nil }
            texts.append(text)
        }
        self.texts = texts
    }

    /// Strings with their lengths before them, joined; nil where the last is cut off.
    private static func text(_ data: ArraySlice<UInt8>) -> String? {
        var (rest, joined) = (data, [UInt8]())
        while let length = rest.popFirst() {
            guard rest.count >= Int(length) else { return nil }
            joined += rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
        }
        return String(decoding: joined, as: UTF8.self)
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }

        /// Labels up to the root or to a pointer, which is the end of a name (RFC 1035 § 4.1.4).
        mutating func skipName() -> Bool {
            while let length = rest.popFirst() {
                switch length {
                case 0: return true
                case 1..<64: guard take(Int(length)) != nil else { return false }
                case 192...255: return take(1) != nil
                default: return false
                }
            }
            return false
        }
    }
}

extension ArraySlice<UInt8> {
    /// The numbers of two bytes each.
    fileprivate var pairs: [Int] {
        stride(from: startIndex, to: endIndex - 1, by: 2).map {
            Int(self[$0]) << 8 | Int(self[$0 + 1])
        }
    }
}
