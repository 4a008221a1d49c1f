/// A statement with its parameters: an interpolated value is bound, never pasted in.
///
/// Identifiers can't be interpolated. One SQL text is one prepared statement, so a query is
/// written in one place, and its varying parts are parameters.
package struct Query: Sendable {
    /// The text before, between and after the parameters: one more than there are parameters, so
    /// that joining two queries never has to look for `$1` in SQL.
    private var texts: [String]
    package private(set) var parameters: [PostgresValue]

    fileprivate init(texts: [String], parameters: [PostgresValue]) {
        self.texts = texts
        self.parameters = parameters
    }

    /// The text as the server gets it, with `$1`, `$2` and on for the parameters.
    package var sql: String {
        var sql = texts[0]
        for (index, text) in texts.dropFirst().enumerated() {
            sql += "$\(index + 1)"
            sql += text
        }
        return sql
    }

    /// Adds a fragment after this one, its parameters numbered on.
    package mutating func append(_ other: Query) {
        texts[texts.count - 1] += other.texts[0]
        texts += other.texts.dropFirst()
        parameters += other.parameters
    }

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

    /// Collects the text and the parameters.
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

        package mutating func appendInterpolation<T: PostgresEncodable>(_ value: T) {
            bind(PostgresValue(value))
        }

        package mutating func appendInterpolation<T: PostgresEncodable>(_ value: T?) {
            bind(PostgresValue(value))
        }

        package mutating func appendInterpolation<T: PostgresEncodable>(_ values: [T]) {
            bind(PostgresValue(values))
        }

        package mutating func appendInterpolation<T: PostgresEncodable>(_ values: [T?]) {
            bind(PostgresValue(values))
        }

        /// A part of a statement that is written once and used in several.
        package mutating func appendInterpolation(_ fragment: Query) {
            query.append(fragment)
        }
    }
}
