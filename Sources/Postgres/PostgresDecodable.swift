/// A type that a column can be read as.
package protocol PostgresDecodable {
    /// Reads the binary form of a value of PostgreSQL's type `oid`, or nil where it is none of ours.
    init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID)

    /// Reads a column as many values of this type: PostgreSQL's array of it, unless the type knows
    /// better, as a byte does.
    static func many(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) -> [Self]?
}

extension PostgresDecodable {
    package static func many(
        postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID
    ) -> [Self]? {
        guard let array = ArrayReader(bytes) else { return nil }
        var values: [Self] = []
        values.reserveCapacity(array.count)
        for element in array {
            guard let bytes = element, let value = Self(postgres: bytes, oid: array.elementOID)
            else { return nil }
            values.append(value)
        }
        return values.count == array.count ? values : nil
    }

    /// As `many`, but where an element may be NULL.
    static func manyOptional(postgres bytes: UnsafeRawBufferPointer) -> [Self?]? {
        guard let array = ArrayReader(bytes) else { return nil }
        var values: [Self?] = []
        values.reserveCapacity(array.count)
        for element in array {
            guard let bytes = element else {
                values.append(nil)
                continue
            }
            guard let value = Self(postgres: bytes, oid: array.elementOID) else { return nil }
            values.append(value)
        }
        return values.count == array.count ? values : nil
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard let values = Element.many(postgres: bytes, oid: oid) else { return nil }
        self = values
    }
}
