/// A value on its way to the server: its type, and its bytes in binary form; nil is NULL.
package struct PostgresValue: Hashable, Sendable {
    package var oid: PostgresOID
    package var bytes: [UInt8]?

    package init(oid: PostgresOID, bytes: [UInt8]?) {
        self.oid = oid
        self.bytes = bytes
    }
}

/// The number by which PostgreSQL knows a type (pg_type.dat).
package struct PostgresOID: RawRepresentable, Hashable, Sendable {
    package var rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }
}

/// A type that can be a parameter.
package protocol PostgresEncodable {
    static var oid: PostgresOID { get }
    static var arrayOID: PostgresOID { get }

    /// Appends the binary form of the value.
    func encode(into bytes: inout [UInt8])
}

/// A type that a column can be read as.
package protocol PostgresDecodable {
    /// Reads the binary form of a value of that type, or nil where it is another.
    init?(postgres bytes: UnsafeRawBufferPointer, oid: PostgresOID)
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

    /// A one-dimensional array (PostgreSQL's array_send): header, then each element's length and
    /// bytes; a length of −1 is NULL.
    package init<T: PostgresEncodable>(array: some Collection<T?>) {
        var bytes: [UInt8] = []
        bytes.appendBigEndian(Int32(array.isEmpty ? 0 : 1))
        bytes.appendBigEndian(Int32(array.contains { $0 == nil } ? 1 : 0))
        bytes.appendBigEndian(T.oid.rawValue)
        if !array.isEmpty {
            bytes.appendBigEndian(Int32(array.count))
            bytes.appendBigEndian(Int32(1))
        }
        for element in array {
            guard let element else {
                bytes.appendBigEndian(Int32(-1))
                continue
            }
            let start = bytes.count
            bytes.appendBigEndian(Int32(0))
            element.encode(into: &bytes)
            bytes.setBigEndian(Int32(bytes.count - start - 4), at: start)
        }
        self.init(oid: T.arrayOID, bytes: bytes)
    }
}

extension [UInt8] {
    package mutating func appendBigEndian<T: FixedWidthInteger>(_ value: T) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    mutating func setBigEndian<T: FixedWidthInteger>(_ value: T, at index: Int) {
        Swift.withUnsafeBytes(of: value.bigEndian) { bytes in
            for (offset, byte) in bytes.enumerated() { self[index + offset] = byte }
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The integer at an offset, in network order; nil where the bytes do not reach that far.
    package func bigEndian<T: FixedWidthInteger>(_ type: T.Type, at offset: Int = 0) -> T? {
        guard offset >= 0, count >= offset + MemoryLayout<T>.size else { return nil }
        return T(bigEndian: loadUnaligned(fromByteOffset: offset, as: T.self))
    }
}
