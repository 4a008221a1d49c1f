/// A day, as PostgreSQL counts it: days since 2000-01-01.
///
/// `infinity` is no day, and is not read.
package struct PostgresDate: Hashable, Sendable, PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .date }
    package static var arrayOID: PostgresOID { PostgresOID(1182) }

    package var days: Int32

    package init(days: Int32) {
        self.days = days
    }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(days)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard oid == .date, let days = bytes.bigEndian(Int32.self), days != .max, days != .min
        else { return nil }
        self.days = days
    }
}
