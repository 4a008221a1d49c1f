import FoundationEssentials
import Invoicing
import Wire

/// The rows of one answer, each read by itself.
struct RowPage<Row: Decodable> {
    /// How many rows there were, readable or not.
    private(set) var count = 0
    private(set) var rows: [(row: Row, raw: String)] = []
    private(set) var unreadable: [String] = []

    /// Reads an array; nil where the text is none.
    init?(_ text: ArraySlice<UInt8>) {
        guard let elements = JSONOutline.elements(text) else { return nil }
        count = elements.count
        let decoder = JSONDecoder()
        for element in elements {
            // What is not a row is kept as it is, for people to see.
            guard element.count <= Self.rowBytesMax,
                JSONOutline.depth(of: element) <= Self.depthMax,
                let row = try? decoder.decode(Row.self, from: Data(element))
            else {
                let start = String(decoding: element.prefix(Self.shownBytesMax), as: UTF8.self)
                unreadable.append(cleaned(start))
                continue
            }
            rows.append((row, String(decoding: element, as: UTF8.self)))
        }
    }

    /// A row is stored as it came; one that is larger is no honest row.
    private static var rowBytesMax: Int { 64 << 10 }
    private static var shownBytesMax: Int { 4_096 }
    /// The decoder calls itself for each level.
    private static var depthMax: Int { 64 }
}
