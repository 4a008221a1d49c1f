/// A statement with its parameters: an interpolated value is bound, never pasted in.
///
/// Identifiers can't be interpolated. One SQL text is one prepared statement, so a query is
/// written in one place, and its varying parts are parameters.
package struct Query: Sendable {
    package var sql: String
    package var parameters: [PostgresValue]

    package init(sql: String, parameters: [PostgresValue] = []) {
        self.sql = sql
        self.parameters = parameters
    }
}

extension Query: ExpressibleByStringInterpolation {
    package init(stringLiteral sql: String) {
        self.init(sql: sql)
    }

    package init(stringInterpolation: Interpolation) {
        self.init(sql: stringInterpolation.sql, parameters: stringInterpolation.parameters)
    }

    /// Collects the text and the parameters, `$1` and on.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var sql: String
        fileprivate var parameters: [PostgresValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            sql = ""
            sql.reserveCapacity(literalCapacity + interpolationCount * 3)
            parameters.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            sql += literal
        }

        private mutating func bind(_ value: PostgresValue) {
            parameters.append(value)
            sql += "$\(parameters.count)"
        }

        package mutating func appendInterpolation<T: PostgresEncodable>(_ value: T) {
            bind(PostgresValue(value))
        }

        package mutating func appendInterpolation<T: PostgresEncodable>(_ value: T?) {
            bind(PostgresValue(value))
        }

        package mutating func appendInterpolation<T: PostgresEncodable>(_ values: [T]) {
            bind(PostgresValue(array: values.lazy.map(Optional.some)))
        }

        package mutating func appendInterpolation<T: PostgresEncodable>(_ values: [T?]) {
            bind(PostgresValue(array: values))
        }

        /// Bytes are one bytea, not an array of numbers.
        package mutating func appendInterpolation(_ bytes: [UInt8]) {
            bind(PostgresValue(PostgresBytes(bytes)))
        }

        package mutating func appendInterpolation(_ bytes: [UInt8]?) {
            bind(PostgresValue(bytes.map(PostgresBytes.init)))
        }

        package mutating func appendInterpolation(_ files: [[UInt8]]) {
            bind(PostgresValue(array: files.lazy.map { Optional.some(PostgresBytes($0)) }))
        }
    }
}
