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
