/// One of the provider's lists: one row an address, the newest first.
///
/// An address that comes again gets a new row in place of its old one, as one must assume that the
/// real lists do. Rows come in the order of time, so the array is sorted by itself; a row that is
/// gone leaves a gap, and the gaps are closed when they are more than the rows.
struct SuppressionList: Sendable {
    private var rows: [SuppressionRow?] = []
    private var places: [String: Int] = [:]

    /// Capitals make no difference to whether an address is suppressed.
    private static func key(_ email: String) -> String {
        email.lowercased()
    }

    var count: Int { places.count }

    /// The row of an address, however it is spelled, seen or not.
    func row(of email: String) -> SuppressionRow? {
        places[Self.key(email)].flatMap { rows[$0] }
    }

    mutating func put(_ row: SuppressionRow) {
        remove(row.email)
        places[Self.key(row.email)] = rows.count
        rows.append(row)
    }

    /// Takes an address off, however it is spelled.
    mutating func remove(_ email: String) {
        guard let place = places.removeValue(forKey: Self.key(email)) else { return }
        rows[place] = nil
        if rows.count > 2 * places.count + 64 { closeGaps() }
    }

    /// A page of what can be seen at `now`.
    func page(_ query: SuppressionQuery, now: Timestamp) -> [SuppressionRow] {
        var page: [SuppressionRow] = []
        var skipped = 0
        for row in rows.reversed() {
            guard let row, row.visibleAt <= now else { continue }
            if let endTime = query.endTime, row.created.seconds > endTime { continue }
            if let startTime = query.startTime, row.created.seconds < startTime { break }
            if let email = query.email, !email.matches(row.email) { continue }
            guard page.count < query.limit else { break }
            if skipped < query.offset {
                skipped += 1
            } else {
                page.append(row)
            }
        }
        return page
    }

    private mutating func closeGaps() {
        rows = rows.filter { $0 != nil }
        for (place, row) in rows.enumerated() {
            if let row { places[Self.key(row.email)] = place }
        }
    }
}
