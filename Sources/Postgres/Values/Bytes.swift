/// Bytes are a bytea; an array of anything else is PostgreSQL's array.
extension Array: PostgresEncodable where Element == UInt8 {
    package static var oid: PostgresOID { .bytea }
    package static var arrayOID: PostgresOID { PostgresOID(1001) }

    package func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: self)
    }
}

/// One byte is PostgreSQL's "char", as its catalogues use it; many are a bytea.
extension UInt8: PostgresDecodable {
    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard oid == .char, bytes.count == 1 else { return nil }
        self = bytes[0]
    }

    package static func many(
        postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID
    ) -> [UInt8]? {
        oid == .bytea ? [UInt8](bytes) : nil
    }
}
