import FoundationEssentials
import Invoicing
import Wire

/// The rows of one answer, each read by itself.
struct RowPage<Row: Decodable> {
    /// How many rows there were, readable or not.
    private(set) var count = 0
    private(set) var rows: [(row: Row, raw: String)] = []
    /// What is no row, as it came, cut where a row would be.
    private(set) var unreadable: [String] = []

    /// Reads an array; nil where the text is none.
    init?(_ text: ArraySlice<UInt8>) {
        guard let elements = JSONOutline.elements(text) else { return nil }
        count = elements.count
        let decoder = JSONDecoder()
        for element in elements {
            guard element.count <= Self.rowBytesMax, JSONOutline.isDecodable(element),
                let row = try? decoder.decode(Row.self, from: Data(element))
            else {
                unreadable.append(String(decoding: element.prefix(Self.rowBytesMax), as: UTF8.self))
                continue
            }
            rows.append((row, String(decoding: element, as: UTF8.self)))
        }
    }

    /// A row is stored as it came; one that is larger is no honest row.
    private static var rowBytesMax: Int { 64 << 10 }
}
