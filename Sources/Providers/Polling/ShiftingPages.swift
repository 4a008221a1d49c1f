import Dispatching
import Invoicing

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
