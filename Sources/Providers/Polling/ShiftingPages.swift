import Bounces
import Crypto
import Dispatching
import FoundationEssentials
import Invoicing
import Wire

/// Reads rows by offset while rows are being added and removed.
///
/// Each page overlaps the one before: as long as they share a row, none was skipped. If they share
/// none, reading starts over; rows that were returned are not returned again.
struct ShiftingPages<Row: Decodable> {
    /// A name for what is read, as `bounces`.
    let name: String
    let provider: String
    /// How many rows are requested at once, and how many of them overlap the page before.
    let pageRows = 500
    let sharedRows = 10
    /// A server with more pages than this never ends.
    let pagesMax = 2_000
    let restartsMax = 3
    let key: (Row) -> String

    /// Reads up to the end.
    ///
    /// `rows` returns the rows from an offset, at most `pageRows`; `page` receives those that are
    /// new, those that can't be parsed, and whether they are the last.
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

/// The rows of one answer, each parsed separately.
struct RowPage<Row: Decodable> {
    /// How many rows there were, parsed or not.
    private(set) var count = 0
    private(set) var rows: [(row: Row, raw: String)] = []
    /// What is no valid row, as it arrived, cut to the size of a row.
    private(set) var unreadable: [String] = []

    /// Parses an array; nil where the text is none.
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

    /// The most bytes stored of a row; no genuine row is larger.
    private static var rowBytesMax: Int { 64 << 10 }
}

/// A half-open range of time in whole seconds since 1970.
struct SecondsWindow: Hashable {
    var start: Int64
    var end: Int64

    /// Covers a range of time, with at most a second more on either side.
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

    /// The two halves of the range; nil for a single second.
    var halves: (SecondsWindow, SecondsWindow)? {
        guard end - start > 1 else { return nil }
        let middle = start + (end - start) / 2
        return (SecondsWindow(start: start, end: middle), SecondsWindow(start: middle, end: end))
    }
}

/// A short hash that distinguishes texts within a key: 64 bits of SHA-256.
func shortHash(_ text: String) -> String {
    SHA256.hash(data: Array(text.utf8)).prefix(8)
        .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
