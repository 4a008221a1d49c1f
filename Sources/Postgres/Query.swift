/// A statement with its parameters: an interpolated value is bound, never pasted into the text.
///
/// Identifiers can't be interpolated. Each distinct SQL text is a prepared statement, so a query is
/// written in one place, and whatever varies is a parameter.
package struct Query: Sendable {
    /// The text before, between and after the parameters: one part more than there are parameters,
    /// so that joining two queries never has to look for `$1` in SQL.
    private var texts: [String]
    /// The values of `$1`, `$2` and so on, in that order.
    package private(set) var parameters: [PostgresValue]

    fileprivate init(texts: [String], parameters: [PostgresValue]) {
        self.texts = texts
        self.parameters = parameters
    }

    /// The text as the server receives it, with `$1`, `$2` and so on for the parameters.
    package var sql: String {
        var sql = texts[0]
        for (index, text) in texts.dropFirst().enumerated() {
            sql += "$\(index + 1)"
            sql += text
        }
        return sql
    }

    /// Appends a fragment, whose parameters are renumbered to follow this query's.
    package mutating func append(_ other: Query) {
        texts[texts.count - 1] += other.texts[0]
        texts += other.texts.dropFirst()
        parameters += other.parameters
    }

    /// Both fragments, the right one's parameters renumbered to follow the left one's.
    package static func + (left: Query, right: Query) -> Query {
        var joined = left
        joined.append(right)
        return joined
    }
}

extension Query: ExpressibleByStringInterpolation {
    package init(stringLiteral sql: String) {
        self.init(texts: [sql], parameters: [])
    }

    package init(stringInterpolation: Interpolation) {
        self = stringInterpolation.query
    }

    /// Collects the text and the parameters of an interpolated literal.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var query = Query(texts: [""], parameters: [])

        package init(literalCapacity: Int, interpolationCount: Int) {
            query.texts.reserveCapacity(interpolationCount + 1)
            query.parameters.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            query.texts[query.texts.count - 1] += literal
        }

        private mutating func bind(_ value: PostgresValue) {
            query.parameters.append(value)
            query.texts.append("")
        }

        /// Binds a value as the next parameter.
        package mutating func appendInterpolation<T: PostgresEncodable>(_ value: T) {
            bind(PostgresValue(value))
        }

        /// Binds a value as the next parameter, where nil is NULL.
        package mutating func appendInterpolation<T: PostgresEncodable>(_ value: T?) {
            bind(PostgresValue(value))
        }

        /// Binds an array as the next parameter, as `unnest` and `ANY` expect it.
        package mutating func appendInterpolation<T: PostgresEncodable>(_ values: [T]) {
            bind(PostgresValue(values))
        }

        /// Binds an array as the next parameter, where nil elements are NULL.
        package mutating func appendInterpolation<T: PostgresEncodable>(_ values: [T?]) {
            bind(PostgresValue(values))
        }

        /// Inserts a part of a statement that several statements share.
        package mutating func appendInterpolation(_ fragment: Query) {
            query.append(fragment)
        }
    }
}

/// The statements that the server holds prepared for one connection; the least recently used is
/// dropped.
///
/// Parsing and planning are at least half of what a lookup by one key costs. The kind of plan is
/// left to the server (plan_cache_mode auto): for `unnest` of some hundred keys it settles on the
/// generic plan, index lookups, where a plan for those very keys joins whole tables.
struct StatementCache {
    /// A statement is identified by its text and the types of its parameters: the same text with a
    /// string instead of a number is another statement, since the first would misread its bytes.
    struct Key: Hashable {
        let sql: String
        let types: [PostgresOID]

        init(_ query: Query) {
            sql = query.sql
            types = query.parameters.map(\.oid)
        }
    }

    private struct Entry {
        let name: String
        var usedAt: Int
    }

    /// Limits what the server keeps for us: several times the queries of any one program.
    static let limit = 256

    private var entries: [Key: Entry] = [:]
    private var uses = 0
    /// Names no longer in use that the server still holds.
    private(set) var discarded: [String] = []

    /// The name of a prepared statement, which counts as a use of it; nil where it is not prepared.
    mutating func name(of key: Key) -> String? {
        guard let index = entries.index(forKey: key) else { return nil }
        uses += 1
        entries.values[index].usedAt = uses
        return entries.values[index].name
    }

    /// A name that no statement of this connection has had.
    mutating func freshName() -> String {
        uses += 1
        return "budstikke_\(uses)"
    }

    mutating func insert(_ key: Key, name: String) {
        uses += 1
        if let replaced = entries.updateValue(Entry(name: name, usedAt: uses), forKey: key) {
            discarded.append(replaced.name)
        }
        while entries.count > Self.limit,
            let oldest = entries.min(by: { $0.value.usedAt < $1.value.usedAt })
        {
            remove(oldest.key)
        }
    }

    mutating func remove(_ key: Key) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        discarded.append(entry.name)
    }

    /// Removes and returns the names to deallocate.
    mutating func removeDiscarded() -> [String] {
        defer { discarded = [] }
        return discarded
    }
}
