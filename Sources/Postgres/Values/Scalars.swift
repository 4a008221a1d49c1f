package import FoundationEssentials

// How Swift's plain types stand in PostgreSQL; integers are read across widths where they fit.

extension Bool: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { PostgresOID(16) }
    package static var arrayOID: PostgresOID { PostgresOID(1000) }

    package func encode(into bytes: inout [UInt8]) {
        bytes.append(self ? 1 : 0)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard oid == Self.oid, bytes.count == 1 else { return nil }
        self = bytes[0] != 0
    }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { PostgresOID(20) }
    package static var arrayOID: PostgresOID { PostgresOID(1016) }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(self)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        let value: Int64? =
            switch oid.rawValue {
            case 20: bytes.bigEndian(Int64.self)
            case 23: bytes.bigEndian(Int32.self).map(Int64.init)
            case 21: bytes.bigEndian(Int16.self).map(Int64.init)
            case 26: bytes.bigEndian(UInt32.self).map(Int64.init)
            default: nil
            }
        guard let value else { return nil }
        self = value
    }
}

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

extension Double: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { PostgresOID(701) }
    package static var arrayOID: PostgresOID { PostgresOID(1022) }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(bitPattern)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        switch oid.rawValue {
        case 701:
            guard let bits = bytes.bigEndian(UInt64.self) else { return nil }
            self.init(bitPattern: bits)
        case 700:
            guard let bits = bytes.bigEndian(UInt32.self) else { return nil }
            self.init(Float(bitPattern: bits))
        default: return nil
        }
    }
}

extension UUID: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { PostgresOID(2950) }
    package static var arrayOID: PostgresOID { PostgresOID(2951) }

    package func encode(into bytes: inout [UInt8]) {
        withUnsafeBytes(of: uuid) { bytes.append(contentsOf: $0) }
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard oid == Self.oid, bytes.count == 16 else { return nil }
        self.init(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
}

/// An instant is a timestamptz: microseconds since 2000-01-01 UTC, rounded.
extension Date: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { PostgresOID(1184) }
    package static var arrayOID: PostgresOID { PostgresOID(1185) }

    /// 2000-01-01 in the seconds of Date's own epoch, 2001-01-01: a leap year before it.
    private static var postgresEpoch: Double { -366 * 86_400 }

    package func encode(into bytes: inout [UInt8]) {
        let seconds = timeIntervalSinceReferenceDate - Self.postgresEpoch
        bytes.appendBigEndian(Int64((seconds * 1_000_000).rounded()))
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard oid == Self.oid, let microseconds = bytes.bigEndian(Int64.self) else { return nil }
        self.init(
            timeIntervalSinceReferenceDate: Self.postgresEpoch + Double(microseconds) / 1_000_000)
    }
}
