/// A value on its way to the server: its type, and its bytes in binary form; nil is NULL.
package struct PostgresValue: Hashable, Sendable {
    package var oid: PostgresOID
    package var bytes: [UInt8]?

    package init(oid: PostgresOID, bytes: [UInt8]?) {
        self.oid = oid
        self.bytes = bytes
    }
}

/// A type that can be a parameter.
package protocol PostgresEncodable {
    static var oid: PostgresOID { get }
    static var arrayOID: PostgresOID { get }

    /// Appends the binary form of the value.
    func encode(into bytes: inout [UInt8])
}

extension PostgresValue {
    package init<T: PostgresEncodable>(_ value: T) {
        var bytes: [UInt8] = []
        value.encode(into: &bytes)
        self.init(oid: T.oid, bytes: bytes)
    }

    package init<T: PostgresEncodable>(_ value: T?) {
        guard let value else {
            self.init(oid: T.oid, bytes: nil)
            return
        }
        self.init(value)
    }

    /// A one-dimensional array, as `unnest` takes it.
    package init<T: PostgresEncodable>(_ values: [T]) {
        var bytes: [UInt8] = []
        bytes.appendArrayHeader(of: T.oid, count: values.count, hasNull: false)
        for value in values { bytes.appendLengthAndBytes(of: value) }
        self.init(oid: T.arrayOID, bytes: bytes)
    }

    /// A one-dimensional array in which nil is NULL.
    package init<T: PostgresEncodable>(_ values: [T?]) {
        var bytes: [UInt8] = []
        let hasNull = values.contains { $0 == nil }
        bytes.appendArrayHeader(of: T.oid, count: values.count, hasNull: hasNull)
        for value in values { bytes.appendLengthAndBytes(of: value) }
        self.init(oid: T.arrayOID, bytes: bytes)
    }
}
