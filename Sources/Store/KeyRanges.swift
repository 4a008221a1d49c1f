import Postgres

/// A table that is read a stretch at a time, in the order of its key.
///
/// The key is the tenant and one more column; rows that share both are in one stretch.
enum RangedTable {
    case invoice, dispatch, event, agreement, series

    /// How many rows a stretch has, so that reading it is a matter of seconds.
    private var usualRows: Int {
        switch self {
        case .invoice, .dispatch, .event: 50_000
        case .agreement: 2_000
        case .series: 200
        }
    }

    /// The stretch that begins behind another, or at the first row; `rows` nil for as many as usual.
    func range(
        _ connection: Connection, after last: KeyRange?, rows: Int? = nil
    ) throws -> KeyRange {
        let start = KeyRange(type: type, low: last?.high)
        let key: Query = "tenant_id, \(column)"
        let end = try connection.first(
            """
            SELECT tenant_id::text AS first, \(column)::text AS second FROM \(name)
            WHERE \(start.holds(key)) ORDER BY \(key)
            OFFSET \((rows ?? usualRows) - 1) LIMIT 1
            """
        ) { KeyRange.Bound(tenantID: try $0["first"], second: try $0["second"]) }
        return KeyRange(type: type, low: last?.high, high: end)
    }

    private var name: Query {
        switch self {
        case .invoice: "invoice"
        case .dispatch: "dispatch"
        case .event: "delivery_event"
        case .agreement: "recurring_invoice"
        case .series: "number_series"
        }
    }

    private var column: Query {
        switch self {
        case .invoice: "invoice_id"
        case .dispatch: "dispatch_id"
        case .event: "occurred_at"
        case .agreement: "recurring_invoice_number"
        case .series: "series"
        }
    }

    private var type: Query {
        switch self {
        case .invoice, .dispatch: "uuid"
        case .event: "timestamptz"
        case .agreement, .series: "text"
        }
    }
}

/// A stretch of a table: what is behind one key, up to another and with it.
struct KeyRange: Sendable {
    /// A key, as PostgreSQL writes its parts.
    struct Bound: Sendable {
        var tenantID: String
        var second: String
    }

    /// The type of the key's second column.
    var type: Query
    /// Nil from the first row on.
    var low: Bound?
    /// Nil up to the last row.
    var high: Bound?

    /// Every row.
    static let all = KeyRange(type: "text")

    /// The condition that a key of these columns lies within, as `i.tenant_id, i.invoice_id`.
    func holds(_ columns: Query) -> Query {
        let above = low.map { bound -> Query in "(\(columns)) > \(row(bound))" }
        let below = high.map { bound -> Query in "(\(columns)) <= \(row(bound))" }
        switch (above, below) {
        case (nil, nil): return "true"
        case (let only?, nil), (nil, let only?): return only
        case (let above?, let below?): return "\(above) AND \(below)"
        }
    }

    private func row(_ bound: Bound) -> Query {
        "(\(bound.tenantID)::text::bigint, \(bound.second)::text::\(type))"
    }
}
