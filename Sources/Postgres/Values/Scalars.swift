package import FoundationEssentials

extension Bool: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .bool }
    package static var arrayOID: PostgresOID { PostgresOID(1000) }

    package func encode(into bytes: inout [UInt8]) {
        bytes.append(self ? 1 : 0)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard oid == .bool, bytes.count == 1 else { return nil }
        self = bytes[0] != 0
    }
}

extension Double: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .float8 }
    package static var arrayOID: PostgresOID { PostgresOID(1022) }

    package func encode(into bytes: inout [UInt8]) {
        bytes.appendBigEndian(bitPattern)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        switch oid {
        case .float8:
            guard let bits = bytes.bigEndian(UInt64.self) else { return nil }
            self.init(bitPattern: bits)
        case .float4:
            guard let bits = bytes.bigEndian(UInt32.self) else { return nil }
            self.init(Float(bitPattern: bits))
        default: return nil
        }
    }
}

extension UUID: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .uuid }
    package static var arrayOID: PostgresOID { PostgresOID(2951) }

    package func encode(into bytes: inout [UInt8]) {
        withUnsafeBytes(of: uuid) { bytes.append(contentsOf: $0) }
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard oid == .uuid, bytes.count == 16 else { return nil }
        self.init(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
}

// Integers are read from any of PostgreSQL's widths if the value fits, and written in their own.

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

/// Read and written as bigint.
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

/// Text, and any other type that PostgreSQL sends as its characters.
extension String: PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .text }
    package static var arrayOID: PostgresOID { PostgresOID(1009) }

    /// Drops NULs, which PostgreSQL's text can't hold.
    package func encode(into bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: utf8)
        guard bytes[start...].contains(0) else { return }
        bytes.replaceSubrange(start..., with: utf8.filter { $0 != 0 })
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        switch oid {
        case .text, .varchar, .bpchar, .name, .unknown, .json:
            self.init(decoding: bytes, as: UTF8.self)
        case .jsonb where bytes.first == JSONText.version:
            self.init(decoding: bytes.dropFirst(), as: UTF8.self)
        default: return nil
        }
    }
}

/// Bytes are written as bytea; an array of anything else as PostgreSQL's array.
extension Array: PostgresEncodable where Element == UInt8 {
    package static var oid: PostgresOID { .bytea }
    package static var arrayOID: PostgresOID { PostgresOID(1001) }

    package func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: self)
    }
}

/// One byte is PostgreSQL's "char", as in its catalogues; many are a bytea.
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

/// JSON as text: a parameter of type jsonb.
///
/// The server rejects what is not JSON. A column of json or jsonb is read as String.
package struct JSONText: Hashable, Sendable, PostgresEncodable, PostgresDecodable {
    package static var oid: PostgresOID { .jsonb }
    package static var arrayOID: PostgresOID { PostgresOID(3807) }

    /// The binary format of jsonb begins with a version number (jsonb_send).
    static let version: UInt8 = 1

    package var text: String

    package init(_ text: String) {
        self.text = text
    }

    package func encode(into bytes: inout [UInt8]) {
        bytes.append(Self.version)
        text.encode(into: &bytes)
    }

    package init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID) {
        guard oid == .jsonb || oid == .json, let text = String(postgres: bytes, oid: oid)
        else { return nil }
        self.init(text)
    }
}
