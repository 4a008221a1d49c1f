/// A type that stands in a column as its raw value; a raw value that it does not have can't be read.
package protocol PostgresRawValue: RawRepresentable, PostgresEncodable, PostgresDecodable
where RawValue: PostgresEncodable & PostgresDecodable {}

extension PostgresRawValue {
    package static var oid: PostgresOID { RawValue.oid }
    package static var arrayOID: PostgresOID { RawValue.arrayOID }

    package func encode(into bytes: inout [UInt8]) {
        rawValue.encode(into: &bytes)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard let rawValue = RawValue(postgres: bytes, oid: oid) else { return nil }
        self.init(rawValue: rawValue)
    }
}
