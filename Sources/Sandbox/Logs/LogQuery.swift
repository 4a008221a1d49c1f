/// What `POST /v3/logs` is asked for: conditions that must all hold.
///
/// The language (Email Logs API): `field operator value`, joined by `AND`, no nesting; a value
/// stands in double or single quotes, a time is `TIMESTAMP "2026-01-01T00:00:00Z"`. How a quote
/// inside a value is written is not documented, so there is no way to; an address with an
/// apostrophe goes in double quotes.
struct LogQuery: Hashable, Sendable {
    var conditions: [Condition] = []

    enum Condition: Hashable, Sendable {
        case messageID(String)
        case subject(String)
        case recipient(String)
        case reason(String)
        case status(Set<String>)
        case categories(Set<String>)
        case createdAt(Comparison, Timestamp)
    }

    enum Comparison: String, Hashable, Sendable {
        case before = "<"
        case notAfter = "<="
        case after = ">"
        case notBefore = ">="

        func holds(_ left: Timestamp, _ right: Timestamp) -> Bool {
            switch self {
            case .before: left < right
            case .notAfter: left <= right
            case .after: left > right
            case .notBefore: left >= right
            }
        }
    }
}
