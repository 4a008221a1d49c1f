// Integers are read across PostgreSQL's widths where the value fits, and written in their own.

extension Int64: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .int8 }
    package static var arrayOID: PostgresOID { PostgresOID(1016) }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(self)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        let value: Int64? =
            switch oid {
            case .int8: bytes.bigEndian(Int64.self)
            case .int4: bytes.bigEndian(Int32.self).map(Int64.init)
            case .int2: bytes.bigEndian(Int16.self).map(Int64.init)
            case .oid: bytes.bigEndian(UInt32.self).map(Int64.init)
            default: nil
            }
        guard let value else { return nil }
        self = value
    }
}

/// As a bigint.
extension Int: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { Int64.oid }
    package static var arrayOID: PostgresOID { Int64.arrayOID }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int64(self))
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard let value = Int64(postgres: bytes, oid: oid) else { return nil }
        self.init(value)
    }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .int4 }
    package static var arrayOID: PostgresOID { PostgresOID(1007) }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(self)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard let value = Int64(postgres: bytes, oid: oid) else { return nil }
        self.init(exactly: value)
    }
}

extension Int16: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .int2 }
    package static var arrayOID: PostgresOID { PostgresOID(1005) }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(self)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard let value = Int64(postgres: bytes, oid: oid) else { return nil }
        self.init(exactly: value)
    }
}
