import Testing

/// An argument of a test that is too long for a line of the log: there it is told by a name, or by its
/// beginning and its length.
package struct Brief<Value: Sendable>: Sendable, CustomTestStringConvertible {
    package var value: Value
    package var testDescription: String

    package init(_ value: Value, _ name: String) {
        self.value = value
        testDescription = name
    }
}

extension Brief where Value == String {
    package init(_ value: String) {
        let beginning = value.prefix(40).debugDescription
        self.init(
            value, value.count <= 40 ? beginning : "\(beginning)…, \(value.count) characters")
    }
}

extension Brief: ExpressibleByStringLiteral, ExpressibleByExtendedGraphemeClusterLiteral,
    ExpressibleByUnicodeScalarLiteral
where Value == String {
    package init(stringLiteral value: String) {
        self.init(value)
    }
}
