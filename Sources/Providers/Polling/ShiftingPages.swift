import Bounces
import Crypto
import Dispatching
import FoundationEssentials
import Invoicing
import Wire

/// Reads rows that are addressed by their number while others are added and taken away.
///
/// Each page begins within the one before: as long as the two share a row, none was passed over.
/// Where they share none it begins again; what was given already is not given twice.
struct ShiftingPages<Row: Decodable> {
    /// A name for what is read, as `bounces`.
    let name: String
    let provider: String
    /// How many rows are asked for at once, and how many of them a second time.
    let pageRows = 500
    let sharedRows = 10
    /// More than this is a server that has no end.
    let pagesMax = 2_000
    let restartsMax = 3
    let key: (Row) -> String

    /// Reads to the end.
    ///
    /// `rows` gives the rows from a number on, at most `pageRows`; `page` takes those of them
    /// that are new, those that can't be read, and whether they are the last.
    func read(
        rows: (_ offset: Int) throws -> RowPage<Row>,
        page: (_ rows: [(row: Row, raw: String)], _ unreadable: [String], _ isLast: Bool)
            throws -> Void
    ) throws {
        var seen: Set<String> = []
        var offset = 0
        var restarts = 0
        for _ in 0..<pagesMax {
            let found = try rows(offset)
            let isContinued = offset == 0 || found.rows.contains { seen.contains(key($0.row)) }
            let fresh = found.rows.filter { seen.insert(key($0.row)).inserted }
            let isLast = isContinued && found.count < pageRows
            if isContinued, !isLast, fresh.isEmpty, offset > 0 { break }
            try page(fresh, found.unreadable, isLast)
            if isLast { return }
            restarts += isContinued ? 0 : 1
            if restarts > restartsMax { break }
            offset = isContinued ? offset + pageRows - sharedRows : 0
        }
        throw ProviderError.unreadable(
            provider: provider, reason: "the pages of \(name) do not come to an end")
    }
}

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

/// A stretch of time in whole seconds since 1970, the end not included.
struct SecondsWindow: Hashable {
    var start: Int64
    var end: Int64

    /// All of a stretch of time, and at most a second more on either side.
    init(covering start: Date, _ end: Date) {
        self.init(
            start: Int64(start.timeIntervalSince1970.rounded(.down)),
            end: Int64(end.timeIntervalSince1970.rounded(.up)))
    }

    init(start: Int64, end: Int64) {
        self.start = start
        self.end = end
    }

    var isEmpty: Bool { start >= end }

    var endDate: Date { Date(timeIntervalSince1970: Double(end)) }

    /// Two parts of it; nil for a single second.
    var halves: (SecondsWindow, SecondsWindow)? {
        guard end - start > 1 else { return nil }
        let middle = start + (end - start) / 2
        return (SecondsWindow(start: start, end: middle), SecondsWindow(start: middle, end: end))
    }
}

/// Tells two texts apart in a key: 64 bits of SHA-256.
func shortHash(_ text: String) -> String {
    SHA256.hash(data: Array(text.utf8)).prefix(8)
        .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
